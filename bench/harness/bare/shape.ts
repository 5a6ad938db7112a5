/** What workflows and worker of the bare run have in common. */

export const BARE_QUEUES = { workflows: 'bare', calls: 'bare-calls', records: 'bare-records' } as const;

export interface BareActivities {
  call(prompt: string): Promise<string>;
  record(text: string): Promise<void>;
}

/** Chunks from `first` to the one before `end`; one in so many has all its calls, the others only the first. */
export interface BareBatch {
  first: number;
  end: number;
  worthyOneIn: number;
}
