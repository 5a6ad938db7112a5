import { checkConversation } from '../../src/checks/check-conversation.js';
import { splitTurns } from '../../src/checks/split-turns.js';
import { ASSISTANT_FORGERS, FORGERS, takeApart } from '../fixtures/conversations/forge.js';
import { CALIBRATION_SECOND } from '../fixtures/conversations/calibration-second.js';
import { CALIBRATION } from '../fixtures/conversations/calibration.js';
import { writeFileSync } from 'node:fs';
import { FORGED_CALIBRATION } from '../fixtures/conversations/forged-calibration.js';
const FORGERS_asWritten = (o: any) => [...o.opener, ...o.exchanges.flatMap((e: any) => [e.asked, e.answered])].map(({ speaker, text }: any) => `${speaker}: ${text}`).join('\n\n');
const FIX: any = { CALIBRATION, CALIBRATION_SECOND };
test('measure', async () => {
  const out: string[] = [];
  const held: any = await import('../fixtures/conversations/held-out.js').catch(() => ({}));
  for (const [name, list] of Object.entries({ ...FIX, ...held }) as any) {
    if (!Array.isArray(list) || !list[0]?.reply || list[0].reason) continue;
    let ok = 0, forged = 0, caught = 0;
    for (const f of list) {
      const s = f.speakers ?? { answerer: 'AI Assistant', asker: 'User' };
      const exp = { ...s, pairs: f.pairs, forbidSourceTalk: !f.speakers };
      const r = checkConversation(f.reply, exp);
      if (r.ok) ok++; else out.push(`REFUSED ${f.name}: ${r.reason}`);
      const t = splitTurns(f.reply, [s.answerer, s.asker]);
      if (!t.ok) continue;
      const orig = takeApart(t.value, f.pairs, s.answerer);
      for (const [kind, forge] of Object.entries({ ...FORGERS, ...(f.speakers ? {} : ASSISTANT_FORGERS) })) {
        const text = forge(orig);
        if (text === undefined || text === FORGERS_asWritten(orig)) continue;
        forged++;
        const q = checkConversation(text, exp);
        if (!q.ok) { caught++; if (process.env.V) out.push(`   [${f.name}] ${kind}: ${q.reason}`); } else out.push(`PASSED ${kind} on ${f.name}\n${text}`);
      }
    }
    out.push(`${name}: true ${ok}/${list.length}, forged caught ${caught}/${forged}`);
  }
  const fl: any = await import('../fixtures/conversations/forged-held-out.js').catch(() => ({}));
  for (const [n, l] of Object.entries({ FORGED_CALIBRATION, ...fl }) as any) { if (!Array.isArray(l)) continue; let c = 0; for (const f of l) { const s = f.speakers ?? { answerer: 'AI Assistant', asker: 'User' }; const r = checkConversation(f.reply, { ...s, pairs: f.pairs, forbidSourceTalk: !f.speakers }); if (!r.ok) { c++; if (!f.reason.test(r.reason)) out.push('OTHER REASON '+f.name+': '+r.reason); } else out.push('PASSED BY HAND '+f.name); } out.push(n+': '+c+'/'+l.length); }
  writeFileSync('/tmp/w/measure.txt', out.join('\n'));
});
