#!/usr/bin/env node
import { main } from './cli/main.js';

// Whoever reads along (`| head`) may stop before we do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

await main(process.argv.slice(2));
