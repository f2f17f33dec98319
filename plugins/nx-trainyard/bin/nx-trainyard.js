#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

// A checkout runs its source, which may be newer than what was compiled last; a package has none.
if (existsSync(join(__dirname, '../src/cli/main.ts'))) {
  require('@swc-node/register');
  require('../src/cli/main');
} else {
  require('../dist/cli/main');
}
