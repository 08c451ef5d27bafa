import { runCli } from './cli/run-cli.ts';
import { processTerminal } from './cli/terminal.ts';

// better-sqlite3 and worker messaging need Node-API 10; older runtimes crash without a word.
if (Number(process.versions.napi) < 10) {
  process.stderr.write(
    `Tracewright needs Node 22.14 or later, this is ${process.versions.node}; use "npm run".\n`,
  );
  process.exit(1);
}

// A closed pipe (`... | head`) is an ordinary way to stop reading.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), processTerminal);
