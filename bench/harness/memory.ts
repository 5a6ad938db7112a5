import { readFile } from 'node:fs/promises';

const SAMPLE_MS = 200;
const KIBIBYTES_PER_MB = 1_000 / 1.024;

/** The most memory that a process held. Looks at it all the time, since one that has ended cannot be asked any more. */
export class MemoryLog {
  #peakMb = Number.NaN;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly pid: number) {
    this.#timer = setInterval(() => void this.#look(), SAMPLE_MS);
  }

  /** In MB; NaN where the system does not tell. */
  get peakMb(): number {
    return this.#peakMb;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8').catch(() => '');
    this.#peakMb = readPeakMb(status) ?? this.#peakMb;
  }
}

/** `undefined` for a process that is just ending: it has no memory any more. Pure. */
export function readPeakMb(status: string): number | undefined {
  const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / KIBIBYTES_PER_MB;
}
