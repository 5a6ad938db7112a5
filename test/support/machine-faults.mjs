/**
 * Loaded into the program before its own code (`node --import`): makes the machine under it fail while a file is there
 * that says how. A test cannot mount a small disk or set the clock everywhere; to the program this looks the same.
 */
import { promises, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { MACHINE_FAULTS: marker = '' } = process.env;
/** The clock is asked thousands of times a second. */
const LOOK_INTERVAL_MS = 50;

let fault = '';
let lookedAt = -Infinity;

/** `full`, `forbidden`, `clock -3600000`, or nothing while all is well. */
function currentFault() {
  if (performance.now() - lookedAt < LOOK_INTERVAL_MS) return fault;
  lookedAt = performance.now();
  try {
    fault = readFileSync(marker, 'utf8').trim();
  } catch {
    fault = '';
  }
  return fault;
}

function failure(code, message) {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}

function fill(prototype) {
  for (const name of ['write', 'writev', 'writeFile', 'appendFile']) {
    const write = prototype[name];
    prototype[name] = function (...given) {
      if (currentFault() === 'full') return Promise.reject(failure('ENOSPC', 'no space left on device, write'));
      return write.apply(this, given);
    };
  }
}

const probe = await promises.open(process.execPath);
fill(Object.getPrototypeOf(probe));
await probe.close();

const { open } = promises;
promises.open = (path, flags, ...more) => {
  const isForbidden = currentFault() === 'forbidden' && /[wa+]/.test(flags ?? 'r');
  if (isForbidden) return Promise.reject(failure('EACCES', 'permission denied, open'));
  return open(path, flags, ...more);
};
syncBuiltinESMExports();

const RealDate = Date;
function now() {
  const [what, by] = currentFault().split(' ');
  return RealDate.now() + (what === 'clock' ? Number(by) : 0);
}
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
