/** Types of `ApplicationFailure` that cross from activities to workflows; classes do not survive the way. */

/** The provider will never answer this one request. */
export const REFUSED = 'Refused';
/** The call may not start yet: see the message for why. */
export const WAITING = 'Waiting';
/** The call got no answer and is tried again. */
export const TRANSPORT = 'Transport';
/** Nothing is answered until a person acts. */
export const BLOCKED = 'Blocked';
/** Trying again would never help: something of the run is missing or cannot be read. */
export const BROKEN = 'Broken';
/** An item is unaccounted for at the end of a run. */
export const UNBALANCED = 'Unbalanced';
