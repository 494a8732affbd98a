#!/usr/bin/env node
// Prints how many lines and branches of src/ the Solidity tests run through, and fails below the aim: all lines, 95 % of branches. Names
// what was not run through. forge compiles for it without the optimizer, in memory: build and test keep their own output.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LINES_AIM = 1;
const BRANCHES_AIM = 0.95;

const contracts = dirname(dirname(fileURLToPath(import.meta.url)));
const forge = join(contracts, 'node_modules/@foundry-rs/forge-linux-amd64/bin/forge');
const report = join(contracts, 'out', 'coverage.lcov');
mkdirSync(dirname(report), { recursive: true });

const run = spawnSync(
  forge,
  ['coverage', '--report', 'lcov', '--report-file', report, '--exclude-tests'],
  { cwd: contracts, encoding: 'utf8', timeout: 600_000, maxBuffer: 64 << 20 });
if (run.status !== 0) {
  console.error(`${run.stdout}\n${run.stderr}\nforge coverage failed: ${run.error?.message ?? `exit code ${run.status}`}`);
  process.exit(1);
}

const files = readFileSync(report, 'utf8').split('end_of_record').map(readFile).filter((file) => file?.name.startsWith('src/'));
files.sort((a, b) => a.name.localeCompare(b.name));
const all = { name: 'all', lines: files.flatMap((file) => file.lines), branches: files.flatMap((file) => file.branches) };
const width = Math.max(...files.map((file) => file.name.length));
console.log(`${'file'.padEnd(width)}  ${'lines'.padStart(18)}  ${'branches'.padStart(18)}`);
for (const file of [...files, all]) console.log(`${file.name.padEnd(width)}  ${share(file.lines)}  ${share(file.branches)}`);

for (const file of files) {
  for (const line of file.lines.filter((entry) => !entry.hit)) console.log(`not run: line ${file.name}:${line.at}`);
  for (const branch of file.branches.filter((entry) => !entry.hit)) console.log(`not taken: branch ${file.name}:${branch.at}`);
}

if (all.lines.length === 0 || ratio(all.lines) < LINES_AIM || ratio(all.branches) < BRANCHES_AIM) {
  console.error(`below the aim: ${LINES_AIM * 100} % of lines, ${BRANCHES_AIM * 100} % of branches`);
  process.exit(1);
}

// One file's part of an lcov report: DA is a line, BRDA a branch, both with how often.
function readFile(record) {
  const name = record.match(/^SF:(.*)$/m)?.[1];
  if (!name) return undefined;
  const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, at, hits]) => ({ at, hit: hits !== '0' }));
  const branches = [...record.matchAll(/^BRDA:(\d+),\d+,\d+,(.+)$/gm)].map(([, at, hits]) => ({ at, hit: hits !== '-' && hits !== '0' }));
  return { name, lines, branches };
}

function ratio(entries) {
  return entries.length === 0 ? 1 : entries.filter((entry) => entry.hit).length / entries.length;
}

function share(entries) {
  const count = `${entries.filter((entry) => entry.hit).length}/${entries.length}`;
  return `${count.padStart(9)} ${(100 * ratio(entries)).toFixed(2).padStart(6)} %`;
}
