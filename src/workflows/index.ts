export { aggregateDataset } from './aggregate-dataset.js';
export { generateDataset } from './generate-dataset.js';
export { processBatch } from './process-batch.js';
export { processChunk } from './process-chunk.js';
