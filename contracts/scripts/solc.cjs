#!/usr/bin/env node
// npm's JavaScript compiler behind native solc's command line, as far as forge uses it. Finds the compiler beside this file, whatever the
// working directory is.
'use strict';

const { readFileSync } = require('node:fs');
const solc = require('solc');

if (process.argv.includes('--version')) {
  const version = solc.version().replace('.Emscripten.clang', '.Linux.g++');
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`);
} else {
  process.stdout.write(solc.compile(readFileSync(0, 'utf8')));
}
