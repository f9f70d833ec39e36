import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anOpportunity } from '../../demo/partner-central/opportunities.ts';
import {
  awsOpportunitySummarySchema,
  opportunityPageSchema,
  opportunitySchema,
  solutionPageSchema,
} from '../../src/aws/opportunity.ts';
import { readEvent } from '../../src/opportunities/events.ts';
import { readinessOf } from '../../src/opportunities/readiness.ts';
import {
  openFormValue,
  opportunityIdsInMessage,
  parseOpenFormValue,
} from '../../src/slack/opportunity-ids.ts';
import { hostileText } from '../slack/hostile.ts';
import { at } from '../submissions/records.ts';
import { pathsIn, withValue } from './places-in-values.ts';

const ID = /^O[0-9]{1,19}$/;
const garbage = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, 0, -1, 1e300, '', true, [], {}, [null], ['x', 1], { Amount: {} }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** What AWS answers, with up to five things in it that it never answered before. */
const opportunities = fc.array(fc.tuple(fc.nat(), garbage), { minLength: 1, maxLength: 5 }).map((changes) =>
  changes.reduce<unknown>(
    (opportunity, [at, value]) => {
      const paths = pathsIn(opportunity);
      return withValue(opportunity, paths[at % paths.length] ?? [], value);
    },
    anOpportunity({ now: at(0) }).opportunity,
  ),
);

describe('what AWS answers', () => {
  test('an opportunity with anything anywhere is read, or refused where its ID or its date is gone', () => {
    fc.assert(
      fc.property(opportunities, (wire) => {
        const read = opportunitySchema.safeParse(wire);
        if (!read.success) {
          expect(
            read.error.issues.every(
              ({ path }) => path.length === 0 || /^(Id|LastModifiedDate)$/.test(String(path[0])),
            ),
          ).toBe(true);
          return;
        }
        // What is made of it next takes whatever was read.
        for (const seen of Object.values(readinessOf(read.data, 'AWS', at(0)))) {
          for (const findings of Object.values(seen)) expect(Array.isArray(findings)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a page of a list leaves out what it cannot read, and keeps the rest', () => {
    const whole = anOpportunity({ now: at(0), id: 'O7' }).opportunity;
    fc.assert(
      fc.property(fc.array(opportunities, { maxLength: 5 }), garbage, (some, token) => {
        const read = opportunityPageSchema.safeParse({
          OpportunitySummaries: [...some, whole],
          NextToken: token,
        });
        expect(read.data?.OpportunitySummaries.at(-1)?.Id).toBe('O7');
      }),
    );
  });

  test('anything at all in the place of an answer is read or refused, never thrown', () => {
    fc.assert(
      fc.property(garbage, (wire) => {
        for (const schema of [
          opportunitySchema,
          opportunityPageSchema,
          awsOpportunitySummarySchema,
          solutionPageSchema,
        ]) {
          expect(typeof schema.safeParse(wire).success).toBe('boolean');
        }
      }),
    );
  });
});

describe('what comes out of the queue', () => {
  const event = {
    source: 'aws.partnercentral-selling',
    'detail-type': 'Opportunity Updated',
    detail: { schemaVersion: '1', catalog: 'AWS', opportunity: { identifier: 'O123' } },
  };

  test('only an event that names an opportunity by its ID is one; nothing throws', () => {
    const body = fc.oneof(
      hostileText,
      fc.json(),
      fc.tuple(fc.nat(), garbage).map(([at, value]) => {
        const paths = pathsIn(event);
        return JSON.stringify(withValue(event, paths[at % paths.length] ?? [], value)) ?? '';
      }),
    );
    fc.assert(
      fc.property(body, (text) => {
        const read = readEvent(text);
        if (read.type === 'opportunity-updated') expect(read.opportunityId).toMatch(ID);
      }),
      { numRuns: 500 },
    );
    expect(readEvent(JSON.stringify(event)).type).toBe('opportunity-updated');
  });
});

describe('what comes back from Slack', () => {
  test("a button's value is what we wrote into it, or nothing", () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.string({ unit: fc.constantFrom(...'O1, .9x') })), (text) => {
        const { opportunityIds, threadTs } = parseOpenFormValue(text);
        for (const id of opportunityIds) expect(id).toMatch(ID);
        expect(threadTs ?? '1.1').toMatch(/^\d+\.\d+$/);
      }),
      { numRuns: 300 },
    );
    const written = { opportunityIds: ['O1', 'O2'], threadTs: '1700000000.000100' };
    expect(parseOpenFormValue(openFormValue(written))).toEqual(written);
  });

  test('a message of whatever form has at most 25 IDs, all of them IDs', () => {
    fc.assert(
      fc.property(
        fc.oneof(garbage, fc.array(fc.record({ text: hostileText, blocks: garbage }))),
        (message) => {
          const found = opportunityIdsInMessage(message);
          expect(found.length).toBeLessThanOrEqual(25);
          for (const id of found) expect(id).toMatch(ID);
        },
      ),
    );
  });
});
