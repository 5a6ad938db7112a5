/**
 * What a full stop behind a word says about the end of a sentence, in the languages of Europe that are written most. All
 * lower case. One list for all languages: a word that is an abbreviation in one and ends sentences in another (English
 * `art`, `no`) is only in the list that asks for a number after it.
 */

/** Never the last word of a sentence: a name or an explanation follows. */
export const NEVER_LAST = words(`
  mr mrs ms dr drs prof rev hon gen col capt cmdr lt sgt maj gov sen rep pres messrs mx
  vs v cf viz approx e.g i.e eg ie incl resp
  hr hrn fr frl ing bzw vgl ca ggf evtl sog z.b d.h u.a z.t i.d.r o.ä s.o s.u inkl exkl dipl geb
  mm mme mlle mgr p.ex c.-à-d cie
  sra d dña ud uds p.ej ee.uu sig sigg dott ecc
  av avda dra dras srs srta lic
  dhr mevr bijv t.o.v d.w.z o.a
  wm chas geo thos jas jos benj robt joh
  т.е т.к т.н напр ул им см проф акад
`);

/** Takes a number or letter after it (`No. 5`, `Fig. 2`, `5 Jan. 1950`, `vol. III`); before other words it ends the sentence. */
export const BEFORE_NUMBER = words(`
  no nos nr fig figs vol vols ch chap p pp sec secs sect art arts sched para paras reg regs eq eqs ex ed ref col para tab ver
  jan feb mar apr jun jul aug sep sept oct nov dec
  abb abs kap bd s aufl anm ziff str
  n° núm num pag pagg pág págs cap tel apt
  стр рис гл табл ст г
`);

/** Days and books of the Bible; written small, some of them are words. */
export const NAME_BEFORE_NUMBER = words(`
  mon tue tues wed thu thur thurs fri sat sun
  exod lev deut josh judg chron neh esth ps prov eccl isa jer lam ezek hos zech mal matt rom cor gal eph phil col thess
  heb jas pet
`);

/** Of these an amount may end a sentence, though they are abbreviations of another kind too. */
export const UNITS = words('kg ft');

/** Stands at the end of a sentence as often as inside one: the next word decides. */
export const MAYBE_LAST = words(`
  inc ltd co corp bros jr sr esq st ave blvd rd mt ft dept univ assn est al deg ph.d b.a m.a m.d
  gmbh ag kg jh
`);

/** Clock times are followed by a day or a zone, or else the sentence is over. */
export const CLOCK_TIME = words('a.m p.m');
export const AFTER_CLOCK_TIME =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|est|edt|cst|cdt|mst|mdt|pst|pdt|gmt|utc|eastern|central|mountain|pacific)$/i;

/** A capital letter after one of these is a label, not an initial: `vitamin C.` */
export const BEFORE_LABEL = words(`
  vitamin plan type grade class group figure section appendix part hepatitis option point step item team room level phase
  table box exhibit schedule column row block zone hive bed
`);

/** Words that open sentences and are no names: after an initial or `U.S.` they show that a new sentence begins. */
export const OPENERS = words(`
  the a an in on at it he she they we you i this that these those there but and so if when while as for from by to with
  its his her their our my your what who why how where after before then however although because since not no yes
  do does did is are was were have has had can could would should
  all some many most each every now here both such another once until even only just
  der die das ein eine er sie es wir ich im am und aber doch wenn als nach dann dort hier
  le les un une il elle ils elles nous vous je mais et ce cette dans en puis
  el los las ella ellos pero y este esta se gli
  он она они мы я это в на и но а
`);

const GERMAN_MONTHS = words(
  'januar februar märz april mai juni juli august september oktober november dezember jänner',
);
const GERMAN_BEFORE_ORDINAL = words('der die das den dem des vom zum zur im beim am ab seit bis');

/** `3.` between these two words is a German ordinal: `am 3. Oktober`, `im 19. Jahrhundert`. */
export function isGermanOrdinal(wordBefore: string, wordAfter: string): boolean {
  const after = wordAfter.toLowerCase();
  if (GERMAN_MONTHS.has(after)) return true;
  return GERMAN_BEFORE_ORDINAL.has(wordBefore.toLowerCase()) && !OPENERS.has(after);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
