// The `get-manifest` hook of the Slack CLI (.slack/hooks.json), which knows manifest.json only: prints
// manifest.yml as JSON. Plain JavaScript, because the CLI runs it on whatever Node the system has.
import { readFileSync } from 'node:fs';
import { getProtocol } from '@slack/cli-hooks/src/protocols.js';
import { parse } from 'yaml';

const manifest = parse(readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8'));
getProtocol(process.argv.slice(1)).respond(JSON.stringify(manifest));
