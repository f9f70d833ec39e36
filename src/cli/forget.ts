import { parseArgs } from 'node:util';
import { readToolConfig } from '../config/config.ts';
import { loadEnvFile } from '../config/env-file.ts';
import { connectBeside } from '../database/connect.ts';
import { createForgetting, type Forgotten, type Subject } from '../retention/forget.ts';
import { helpIfAsked, misused } from './usage.ts';

const USAGE = `Usage: npm run -s forget -- --person U0123456789 [--yes]
       npm run -s forget -- --opportunity O1234567 [--yes]

  --person       a Slack user ID: the records stay as an audit trail, without the person
  --opportunity  an opportunity's ID: its records are deleted, with their audit trail
  --yes          do it; without it, this says what it would do`;

loadEnvFile();

const args = process.argv.slice(2);
helpIfAsked(args, USAGE);
const asked = readArguments(args);
if (!asked.ok) misused(asked.problem, USAGE);
const config = readToolConfig(process.env);
if (!config.ok) {
  console.error(config.problems.join('\n'));
  process.exit(1);
}
try {
  const connection = await connectBeside(config.database);
  const forgotten = await createForgetting(connection).forget(asked.subject, { pretend: !asked.yes });
  await connection.close();
  console.log(report(forgotten, asked.subject, asked.yes));
  // Something is left to do, later.
  process.exitCode = forgotten.underWay.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`Nothing was forgotten: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

function readArguments(
  args: readonly string[],
):
  | { readonly ok: true; readonly subject: Subject; readonly yes: boolean }
  | { readonly ok: false; readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        person: { type: 'string' },
        opportunity: { type: 'string' },
        yes: { type: 'boolean', default: false },
      },
    });
    const { person, opportunity, yes } = values;
    if (person !== undefined && opportunity === undefined) {
      return /^[UW][A-Z0-9]{2,}$/.test(person)
        ? { ok: true, subject: { type: 'person', id: person }, yes }
        : { ok: false, problem: '--person takes a Slack user ID: U and capitals or digits.' };
    }
    if (opportunity !== undefined && person === undefined) {
      return /^O\d{1,19}$/.test(opportunity)
        ? { ok: true, subject: { type: 'opportunity', id: opportunity }, yes }
        : { ok: false, problem: '--opportunity takes an opportunity ID: O and digits.' };
    }
    return { ok: false, problem: 'Say whom or what to forget: --person or --opportunity, one of them.' };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

function report({ rows, underWay }: Forgotten, subject: Subject, done: boolean): string {
  if (rows.length === 0 && underWay.length === 0)
    return `Nothing is recorded of ${subject.type} ${subject.id}.`;
  const width = Math.max(0, ...rows.map(({ table }) => table.length));
  return [
    done
      ? `Forgotten: ${subject.type} ${subject.id}`
      : `This would be forgotten of ${subject.type} ${subject.id}. Nothing is changed yet: add --yes.`,
    ...(rows.length === 0 ? ['  nothing'] : []),
    ...rows.map(
      ({ table, what, count }) => `  ${table.padEnd(width)}  ${String(count).padStart(5)}  ${what}`,
    ),
    ...(underWay.length === 0
      ? []
      : [
          'Left as they are, because they are under way. Run this again once they are settled:',
          ...underWay.map(({ table, id, opportunity }) => `  ${table}  ${opportunity ?? ''}  (${id})`),
        ]),
    'Messages in Slack, logs and backups are not touched.',
  ].join('\n');
}
