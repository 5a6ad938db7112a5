/**
 * Loaded once for all workflows of a process, before the first of them, and frozen: hundreds are open at a time, and each
 * would otherwise load every parser and every check for itself. Nothing in here may know which workflow it works for.
 */
import '../accounting.js';
import '../activities/failure-types.js';
import '../checks/duplicates.js';
import '../ids.js';
import '../planning/windows.js';
import '../random.js';
import '../steps/index.js';

/**
 * The SDK takes a stack trace of every promise for the Web UI's "Call Stack", which comes to two fifths of the time that
 * workflows take. Without frames there is nothing to be taken.
 */
Error.stackTraceLimit = 0;
