import { connectBeside } from '../database/connect.ts';
import { type Forgotten, forget, type Subject } from '../retention/forget.ts';
import { Misused, runCommand } from './command.ts';

/** A record may have one of a person's IDs, and its trail the other; this command doesn't ask Slack which belong together. */
const TWIN =
  'In an organisation (Enterprise Grid) a person may have two IDs, U… and W…: run this for the other one as well.';

await runCommand({
  usage: `Usage: npm run -s forget -- --person U0123456789 [--yes]
       npm run -s forget -- --opportunity O1234567 [--yes]

  --person       a Slack user ID: the records stay as an audit trail, without the person
  --opportunity  an opportunity's ID: its records are deleted, with their audit trail
  --yes          do it; without it, this says what it would do`,
  options: {
    person: { type: 'string' },
    opportunity: { type: 'string' },
    yes: { type: 'boolean', default: false },
  },
  failure: 'Nothing was forgotten',
  run: async ({ person, opportunity, yes }, { config }) => {
    const subject = subjectOf(person, opportunity);
    const connection = await connectBeside(config().database, 'write');
    const forgotten = await forget(connection, subject, { pretend: !yes });
    await connection.close();
    console.log(report(forgotten, subject, yes));
    if (subject.type === 'person') console.log(TWIN);
    // Something is left to do, later.
    return forgotten.underWay.length === 0 ? 0 : 1;
  },
});

function subjectOf(person: string | undefined, opportunity: string | undefined): Subject {
  if (person !== undefined && opportunity === undefined) {
    if (/^[UW][A-Z0-9]{2,}$/.test(person)) return { type: 'person', id: person };
    throw new Misused('--person takes a Slack user ID: U and capitals or digits.');
  }
  if (opportunity !== undefined && person === undefined) {
    if (/^O\d{1,19}$/.test(opportunity)) return { type: 'opportunity', id: opportunity };
    throw new Misused('--opportunity takes an opportunity ID: O and digits.');
  }
  throw new Misused('Say whom or what to forget: --person or --opportunity, one of them.');
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
