#!/usr/bin/env node
// Writes contracts/abi/NAME.json, ABI and creation bytecode of each contract that the C# side deploys or calls, out of a forge build.
// With --check it writes nothing and fails when a committed file differs from what the sources build.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const contracts = dirname(dirname(fileURLToPath(import.meta.url)));
const forge = join(contracts, 'node_modules/@foundry-rs/forge-linux-amd64/bin/forge');
const names = ['Accountant', 'ConsumerChannel', 'DevelopmentToken', 'Registry'];

// Runs in the contracts' folder, where forge finds its compiler, with an output of its own that no other forge command leaves things in.
const out = join(contracts, 'out', 'export');
const build = spawnSync(
  forge,
  ['build', 'src', '--quiet', '--out', out, '--cache-path', join(contracts, 'cache', 'export')],
  { cwd: contracts, stdio: 'inherit', timeout: 300_000 });
if (build.status !== 0) {
  console.error(`forge build failed: ${build.error?.message ?? `exit code ${build.status}`}`);
  process.exit(1);
}

const exported = new Map(names.map((name) => {
  const { abi, bytecode } = JSON.parse(readFileSync(join(out, `${name}.sol`, `${name}.json`), 'utf8'));
  return [`${name}.json`, `${JSON.stringify({ abi, bytecode: bytecode.object }, null, 2)}\n`];
}));

const folder = join(contracts, 'abi');
if (process.argv.includes('--check')) {
  const committed = readdirSync(folder);
  const stale = [...exported.keys()].filter((file) => !committed.includes(file) || readFileSync(join(folder, file), 'utf8') !== exported.get(file));
  const unknown = committed.filter((file) => !exported.has(file));
  for (const file of stale) console.error(`stale: contracts/abi/${file}; run contracts/scripts/export-abi.mjs`);
  for (const file of unknown) console.error(`unknown: contracts/abi/${file} belongs to no contract`);
  process.exit(stale.length + unknown.length === 0 ? 0 : 1);
}

mkdirSync(folder, { recursive: true });
for (const [file, text] of exported) writeFileSync(join(folder, file), text);
