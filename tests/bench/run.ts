import '../../src/main/version-guard.js';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { meetsGoal, type Bench, type BenchRow } from './bench-row.ts';

// npm run bench [-- name ...] measures what the named files (all by default) measure, prints a table and writes
// out/bench.json. Exit code 1 when a goal is missed.
const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const rows: BenchRow[] = [];

for (const file of files) {
  console.log(`\n${file.replace('.bench.ts', '')}`);
  const { default: bench } = (await import(resolve(import.meta.dirname, file))) as { default: Bench };
  for (const row of await bench((line) => console.log(`  ${line}`))) {
    rows.push(row);
    console.log(`  ${line(row)}`);
  }
}

const out = resolve(import.meta.dirname, '../../out');
mkdirSync(out, { recursive: true });
const machine = { node: process.version, cores: availableParallelism(), platform: process.platform };
writeFileSync(resolve(out, 'bench.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
const missed = rows.filter((row) => meetsGoal(row) === false).length;
console.log(`\n${rows.length} figures, ${missed} miss their goal; written to out/bench.json`);
process.exit(missed === 0 ? 0 : 1);

function line(row: BenchRow): string {
  const { name, value, unit, goal } = row;
  const figure = `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${unit}`;
  if (goal === null) return `${name.padEnd(56)} ${figure.padStart(14)}`;
  const bound = 'atMost' in goal ? `<= ${goal.atMost}` : `>= ${goal.atLeast}`;
  return `${name.padEnd(56)} ${figure.padStart(14)}   ${bound} ${unit} ${meetsGoal(row) ? 'met' : 'MISSED'}`;
}
