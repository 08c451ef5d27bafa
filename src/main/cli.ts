import './version-guard.js';
import { runCli } from './cli/run-cli.ts';
import { processTerminal } from './cli/terminal.ts';

// A closed pipe (`... | head`) is an ordinary way to stop reading.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), processTerminal);
