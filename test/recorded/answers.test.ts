import { describe, expect, test } from 'vitest';
import { isWholeOpportunity, updateRequest } from '../../src/aws/update-request.ts';
import { isJsonObject, type JsonObject, parseExactly, valueAt, withValueAt } from '../../src/aws/values.ts';
import { fieldsToSendBack } from '../../src/edits/fields.ts';
import { placedDeals } from '../../src/messages/home/board.ts';
import { homeView } from '../../src/messages/home/view.ts';
import { readEvent } from '../../src/opportunities/events.ts';
import { candidatesOf } from '../../src/opportunities/pick-list.ts';
import { pickOptions, solutionOptions } from '../../src/slack/forms/pick.ts';
import { AT_ANY_TIME, answer, clientOf, scriptedServer } from '../aws/scripted-server.ts';
import { expectSlackToOpen, expectSlackToPublish, expectSlackToTake } from '../slack/surfaces/in-slack.ts';
import { aSubmission, at } from '../submissions/records.ts';
import {
  areThere,
  bodyOf,
  elsewhere,
  events,
  of,
  type Recording,
  recordings,
  SKIPPED,
} from './recordings.ts';
import { messagesOf, readsIn, viewsOf } from './surfaces.ts';

/** Our client, and an AWS that answers as it was recorded, headers included. */
async function asRecorded({ status, headers, response }: Recording) {
  const { 'content-length': _length, ...others } = headers;
  const body = response === null ? '' : JSON.stringify(response);
  const { endpoint } = await scriptedServer([answer(status, body, others)]);
  return clientOf(endpoint);
}

const get = { Catalog: 'Sandbox', Identifier: 'O1' } as const;
const about = { Catalog: 'Sandbox', RelatedOpportunityIdentifier: 'O1' } as const;

/** What AWS answers and an update doesn't have: recorded requests that carry it are answered all the same. */
const AWS_ONLY = ['Id', 'Arn', 'CreatedDate', 'OpportunityTeam', 'RelatedEntityIdentifiers'];

/** Every value that AWS wrote, by its path. */
function valuesIn(value: unknown, path = ''): readonly (readonly [path: string, value: unknown])[] {
  if (value === null || AWS_ONLY.includes(path)) return [];
  if (Array.isArray(value)) return value.flatMap((each, index) => valuesIn(each, `${path}[${index}]`));
  if (!isJsonObject(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, each]) =>
    valuesIn(each, path === '' ? name : `${path}.${name}`),
  );
}

const FREE_TEXT = [
  'Customer.Account.CompanyName',
  'Project.Title',
  'Project.CustomerBusinessProblem',
  'LifeCycle.NextSteps',
  'LifeCycle.ReviewComments',
  'LifeCycle.Stage',
];
/** The same with its texts as AWS also sends them. */
const encoded = (json: JsonObject, as: string): JsonObject =>
  FREE_TEXT.reduce((deal, path) => withValueAt(deal, path, `Sons ${as} Co`), json);

const ENCODED = /&(?:[a-z]+|#\d+|#x[0-9a-f]+);/i;

describe.runIf(areThere)('what AWS was recorded to answer', () => {
  const summaries = of('GetAwsOpportunitySummary').map(bodyOf);

  test('is there for every operation, and what isn’t ours is named and is still there', () => {
    expect(new Set(recordings.map(({ operation }) => operation)).size).toBe(9);
    expect(elsewhere.filter(({ operation }) => operation === undefined)).toEqual([]);
  });

  describe.each(of('GetOpportunity'))('$name', (recording) => {
    const json = bodyOf(recording);

    test('is read whole, every value as it came', async () => {
      const client = await asRecorded(recording);
      const read = await client.getWholeOpportunity(get);
      expect(read).toMatchObject({ ok: true, requestId: recording.headers['x-amzn-requestid'] });
      expect(read.ok && read.value.json).toEqual(json);
      const { Id, LastModifiedDate } = json;
      expect(read.ok && read.value.opportunity).toMatchObject({ Id, LastModifiedDate });
    });

    test('is taken by Slack in every message and form, and nothing in it is encoded', () => {
      for (const deal of [json, encoded(json, '&amp;'), encoded(json, '&amp;amp;'), encoded(json, '&#39;')]) {
        const messages = messagesOf(deal, summaries);
        for (const message of messages) expectSlackToTake(message);
        const views = viewsOf(deal);
        for (const view of views) expectSlackToOpen(view);
        expect(readsIn([...messages, ...views]).find((text) => ENCODED.test(text))).toBeUndefined();
      }
      expect(readsIn(messagesOf(encoded(json, '&amp;amp;'), summaries)).join()).toContain('Sons & Co');
    });

    test('goes back as AWS wrote it, but for what is edited', () => {
      const whole: unknown = parseExactly(JSON.stringify(json));
      if (!isWholeOpportunity(whole)) throw new Error('No ID, or no last change.');
      const catalog = json.Catalog === 'AWS' ? 'AWS' : 'Sandbox';
      const untouched = updateRequest(whole, catalog, new Map());
      for (const [path, value] of valuesIn(json))
        expect([path, valueAt(untouched, path)]).toEqual([path, value]);
      expect(untouched).toMatchObject({ Identifier: json.Id, LastModifiedDate: json.LastModifiedDate });

      for (const { path } of fieldsToSendBack(json, false).filter(({ value }) => value !== '')) {
        const edited = updateRequest(whole, catalog, new Map([[path, 'edited']]));
        expect(valueAt(edited, path)).toBe('edited');
        expect(withValueAt(edited, path, valueAt(json, path))).toEqual(
          withValueAt(untouched, path, valueAt(json, path)),
        );
      }
    });
  });

  test.each(of('ListOpportunities'))(
    '$name is read, and offered in the pick list and on the home tab',
    async (recording) => {
      const client = await asRecorded(recording);
      const read = await client.listOpportunities({ Catalog: 'AWS', MaxResults: 100 });
      if (!read.ok) throw new Error(read.error.message);
      const summaries: unknown = bodyOf(recording).OpportunitySummaries;
      expect(read.value.OpportunitySummaries).toHaveLength(Array.isArray(summaries) ? summaries.length : 0);
      expect(read.value.NextToken).toBeUndefined();
      const candidates = candidatesOf(read.value.OpportunitySummaries);
      const searched = candidates.length;
      const options = pickOptions({ type: 'found', candidates, reach: 'all', searched }, undefined);
      expect(JSON.stringify(options)).toContain(`${candidates[0]?.companyName} · ${candidates[0]?.id}`);
      const deals = new Map(read.value.OpportunitySummaries.map((summary) => [summary.Id, summary]));
      const rows = placedDeals([], deals, () => undefined).map((deal) => ({
        ...deal,
        entry: aSubmission({
          state: 'submitted',
          opportunityId: deal.opportunityId,
          reviewStatus: 'Approved',
        }),
        headline: 'Approved by AWS',
        step: 'partner-central' as const,
      }));
      const none = { rows: [], total: 0, page: 0, pages: 1, spend: [], counted: 0 };
      const view = homeView(
        {
          type: 'home',
          at: at(0),
          whose: 'team',
          filter: {},
          catalog: 'AWS',
          parts: {
            needs: none,
            waiting: none,
            ready: none,
            referred: none,
            decided: { ...none, rows, total: rows.length },
          },
          figures: { approved: rows.length, rejected: 0, ours: { approved: 0, decided: 0 }, days: undefined },
          list: { type: 'list', reach: 'all', readAt: at(0) },
          usualChannel: undefined,
        },
        undefined,
      );
      expectSlackToPublish(view);
      expect(readsIn(view).join()).toContain('$531.00 monthly');
    },
  );

  test.each(of('ListSolutions'))('$name is read, and its solutions are offered', async (recording) => {
    const client = await asRecorded(recording);
    const read = await client.listSolutions({ Catalog: 'Sandbox', MaxResults: 100 });
    if (!read.ok) throw new Error(read.error.message);
    const { SolutionSummaries, NextToken } = bodyOf(recording);
    expect(read.value.SolutionSummaries).toHaveLength(
      Array.isArray(SolutionSummaries) ? SolutionSummaries.length : 0,
    );
    expect(read.value.NextToken).toBe(NextToken ?? undefined);
    const solutions = read.value.SolutionSummaries.map(({ Id, Name }) => ({ id: Id, name: Name ?? '' }));
    expect(JSON.stringify(solutionOptions({ type: 'found', solutions }))).toContain(solutions[0]?.id);
  });

  test.each(of('GetAwsOpportunitySummary'))(
    '$name is read: how AWS holds it, and who is on it',
    async (recording) => {
      const client = await asRecorded(recording);
      const read = await client.getAwsOpportunitySummary(about);
      expect(read).toMatchObject({
        ok: true,
        value: {
          InvolvementType: 'Co-Sell',
          Visibility: 'Full',
          OpportunityTeam: [{ BusinessTitle: 'PDM' }],
        },
      });
      const team = JSON.stringify(read.ok && read.value.OpportunityTeam);
      const [deal] = of('GetOpportunity');
      if (deal === undefined) throw new Error('No deal is recorded.');
      const shown = readsIn(messagesOf(bodyOf(deal), [bodyOf(recording)]).at(-1)).join('\n');
      expect(team).toContain(/(\S+@\S+)/.exec(shown)?.[1]);
      // Spend insights are all that was recorded of insights: of the others nothing is said.
      expect(shown).not.toMatch(/suggests|recommends|score|quality|stage at AWS/i);
    },
  );

  test.each(of('UpdateOpportunity'))('$name is read as saved', async (recording) => {
    const client = await asRecorded(recording);
    const updated = await client.updateOpportunity(
      { ...get, LastModifiedDate: '2026-01-01T00:00:00Z' },
      AT_ANY_TIME,
    );
    expect(updated).toMatchObject({ ok: true, value: bodyOf(recording) });
  });

  test.each([...of('SubmitOpportunity'), ...of('AssociateOpportunity')])(
    '$name is read as accepted',
    async (recording) => {
      const client = await asRecorded(recording);
      const accepted = { ok: true, requestId: recording.headers['x-amzn-requestid'] };
      const done =
        recording.operation === 'SubmitOpportunity'
          ? await client.submitOpportunity(
              { ...get, InvolvementType: 'Co-Sell', Visibility: 'Full' },
              AT_ANY_TIME,
            )
          : await client.associateOpportunity(
              {
                Catalog: 'Sandbox',
                OpportunityIdentifier: 'O1',
                RelatedEntityType: 'Solutions',
                RelatedEntityIdentifier: 'S-0000001',
              },
              AT_ANY_TIME,
            );
      expect(done).toMatchObject(accepted);
    },
  );

  test.each(events)(
    'an event of $name says which opportunity changed, or is none of ours',
    ({ name, event }) => {
      const { detail, 'detail-type': type } = event;
      const updated = isJsonObject(detail) ? valueAt(detail, 'opportunity.identifier') : undefined;
      expect(readEvent(JSON.stringify(event))).toEqual(
        type === 'Opportunity Updated'
          ? { type: 'opportunity-updated', catalog: 'Sandbox', opportunityId: updated }
          : { type: 'other' },
      );
      expect(type === 'Opportunity Updated').toBe(name === 'event.opportunity-updated');
    },
  );
});

if (!areThere) test.skip(SKIPPED, () => {});
