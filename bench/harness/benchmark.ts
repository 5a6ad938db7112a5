import type { Workbench } from '../../test/support/command-line.js';

/** `small`: only shows that the benchmark still runs; its figures mean nothing. */
export type Size = 'full' | 'small';

export type Goal = { atMost: number } | { atLeast: number };

/** What a figure should be. */
export interface Aim {
  unit: string;
  goal: Goal;
  /** The figure of a perfect program, where one can be said. */
  ideal?: number;
}

export interface Measured {
  /** By the names of the aims. */
  figures: Record<string, number>;
  /** By the names of the aims, where it had to be measured what a perfect program could do here. */
  ideals?: Record<string, number>;
  /** Under which the figures hold: sizes, limits, versions. */
  conditions: Record<string, unknown>;
  /** What explains the figures. */
  details: Record<string, unknown>;
}

/** A folder and free ports for child processes; all of it is ended and removed after the benchmark. */
export type Open = () => Promise<Workbench>;

export interface Benchmark {
  name: string;
  /** One sentence. */
  measures: string;
  /** By name; the first is the figure that the benchmark is about. */
  aims: Readonly<Record<string, Aim>>;
  /** Throws where it cannot be measured, or where the work was not done as it must be. */
  run(size: Size, open: Open): Promise<Measured>;
}
