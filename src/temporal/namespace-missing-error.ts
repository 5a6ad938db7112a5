import { TemporalError } from './temporal-error.js';

/** A Temporal server answers, but has no such namespace. */
export class NamespaceMissingError extends TemporalError {}
