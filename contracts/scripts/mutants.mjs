#!/usr/bin/env node
// Proves that the tests would see it if a rule were broken: applies each mutant of test/mutants/ (one changed line of the sources) to a copy,
// and requires that the test it names fails, for the reason it names. A mutant that survives, does not compile, or no longer fits the sources
// is an error. Usage: mutants.mjs [NAME...], all without names; --list prints the names; --json one JSON row per mutant.

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const contracts = dirname(dirname(fileURLToPath(import.meta.url)));
const forge = join(contracts, 'node_modules/@foundry-rs/forge-linux-amd64/bin/forge');
const secondsPerMutant = 600; // a hung compiler; alone on two cores a mutant takes about ten, beside other builds minutes
const workers = Math.min(availableParallelism(), 4);

// The optimizer changes no meaning and takes half of the compiler's time. The seed is fixed, so that runs
// differ little; nothing is shrunk, because only the reason counts.
const settings = {
  ...process.env,
  FOUNDRY_PROFILE: 'default',
  FOUNDRY_OPTIMIZER: 'false',
  FOUNDRY_INVARIANT_RUNS: '64',
  FOUNDRY_INVARIANT_DEPTH: '128',
  FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: '0',
  FOUNDRY_INVARIANT_SHOW_METRICS: 'false',
  FOUNDRY_FUZZ_RUNS: '64',
};
const seed = '0xacc';

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const asJson = process.argv.includes('--json');
const all = readdirSync(join(contracts, 'test/mutants')).filter((file) => file.endsWith('.json')).sort()
  .flatMap((file) => JSON.parse(readFileSync(join(contracts, 'test/mutants', file), 'utf8')));

const unknown = names.filter((name) => !all.some((mutant) => mutant.name === name));
const repeated = all.filter((mutant, i) => all.findIndex((other) => other.name === mutant.name) !== i).map((mutant) => mutant.name);
if (unknown.length + repeated.length !== 0) {
  console.error(`unknown or repeated mutants: ${[...unknown, ...repeated].join(', ')}`);
  process.exit(2);
}
if (process.argv.includes('--list')) {
  for (const { name } of all) console.log(name);
  process.exit(0);
}

const chosen = names.length === 0 ? all : all.filter((mutant) => names.includes(mutant.name));
const root = mkdtempSync(join(tmpdir(), 'mutants-'));
const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const group of running) process.kill(-group, 'SIGKILL');
    rmSync(root, { recursive: true, force: true });
    process.exit(130);
  });
}
let survived = 0;
try {
  const queue = [...chosen];
  await Promise.all(Array.from({ length: workers }, async () => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) report(mutant, await run(mutant));
  }));
} finally {
  rmSync(root, { recursive: true, force: true });
}
if (!asJson) console.log(`${chosen.length - survived} of ${chosen.length} mutants killed`);
process.exit(survived === 0 ? 0 : 1);

function report({ name }, { problem, seconds }) {
  if (problem !== undefined) survived += 1;
  if (asJson) console.log(JSON.stringify({ name, problem: problem ?? null, seconds }));
  else console.log(problem === undefined ? `killed    ${name} (${seconds} s)` : `SURVIVED  ${name} (${seconds} s): ${problem}`);
}

async function run(mutant) {
  const begin = Date.now();
  const folder = join(root, mutant.name);
  let problem;
  try {
    problem = prepare(folder, mutant) ?? judge(mutant, await test(folder, mutant));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { problem, seconds: Math.round((Date.now() - begin) / 1000) };
}

// A copy of the sources with the one line changed, and of the tests that are asked.
function prepare(folder, { file, line, after, mutated, contract }) {
  mkdirSync(join(folder, 'test'), { recursive: true });
  for (const part of ['src', 'scripts', 'foundry.toml', 'remappings.txt', 'vectors', 'abi', 'test/base', 'test/tokens']) {
    cpSync(join(contracts, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(contracts, 'node_modules'), join(folder, 'node_modules'));
  const tests = testsOf(contract);
  cpSync(join(contracts, tests), join(folder, tests), { recursive: true });

  const source = join(folder, 'src', file);
  const lines = readFileSync(source, 'utf8').split('\n');
  const places = lines.flatMap((text, i) => (text.trim() === line && (after === undefined || lines[i - 1].trim() === after) ? [i] : []));
  if (places.length !== 1) return `the line stands ${places.length} times in src/${file}: ${line}`;
  const [place] = places;
  lines[place] = lines[place].replace(line, () => mutated);
  writeFileSync(source, lines.join('\n'));
  return undefined;
}

function testsOf(contract) {
  if (contract === 'Invariants') return 'test/invariants';
  const file = readdirSync(join(contracts, 'test')).find((name) => name.endsWith('.t.sol')
    && new RegExp(`^contract ${contract}\\b`, 'm').test(readFileSync(join(contracts, 'test', name), 'utf8')));
  if (file === undefined) throw new Error(`no test contract ${contract} in test/`);
  return join('test', file);
}

function test(folder, { contract, fails }) {
  const filter = ['--match-contract', `^${contract}$`, '--match-test', `^${fails}\\(`];
  return new Promise((resolve) => {
    const process_ = spawn(
      forge,
      ['test', '--root', folder, '--json', '--fuzz-seed', seed, '--threads', '1', '--suppress-successful-traces', ...filter],
      { cwd: folder, env: settings, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    running.add(process_.pid);
    // The compiler is forge's child and would outlive it: both are one group, and end together.
    const overdue = setTimeout(() => process.kill(-process_.pid, 'SIGKILL'), secondsPerMutant * 1000);
    const [output, error] = [[], []];
    process_.stdout.on('data', (chunk) => output.push(chunk));
    process_.stderr.on('data', (chunk) => error.push(chunk));
    process_.on('error', (problem) => resolve({ output: '', error: problem.message }));
    process_.on('close', () => {
      clearTimeout(overdue);
      running.delete(process_.pid);
      resolve({ output: Buffer.concat(output).toString(), error: Buffer.concat(error).toString() });
    });
  });
}

// What is wrong; nothing when the named test fails for the named reason, which a test of one rule need not name. Several may stand there where
// one wrong step shows in two figures, and which is seen first depends on the calls that forge draws: they differ even with a fixed seed.
function judge({ fails, because }, { output, error }) {
  let results;
  try {
    results = Object.values(JSON.parse(output)).flatMap((suite) => Object.values(suite.test_results));
  } catch {
    return `no results, it does not compile or took too long: ${(output + error).slice(-1500)}`;
  }
  if (results.length !== 1) return `${results.length} tests are called ${fails}`;
  const [{ status, reason }] = results;
  if (status === 'Success') return `${fails} passes`;
  const named = because === undefined || [because].flat().some((start) => (reason ?? '').startsWith(start));
  return named ? undefined : `${fails} fails for another reason: ${reason}`;
}
