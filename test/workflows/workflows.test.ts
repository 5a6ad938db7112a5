/**
 * The workflows on a real server: one server and one bundle for all of them, since both take seconds.
 * One part alone: `npm test -- test/workflows -t vetting`
 */
import './process-chunk.cases.js';
import './vetting.cases.js';
import './pairs-and-conversations.cases.js';
import './role-play.cases.js';
import './retry.cases.js';
import './process-batch.cases.js';
import './generate-dataset.cases.js';
import './steering.cases.js';
