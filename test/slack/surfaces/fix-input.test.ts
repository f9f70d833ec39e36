import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLOSED_LISTS, DO_NOT_NEED_SUPPORT, primaryNeeds } from '../../../src/aws/lists.ts';
import { fieldsAt } from '../../../src/edits/fields.ts';
import { fixView, withFollowing } from '../../../src/slack/forms/edit.ts';
import { fieldInputs, fixInput, following } from '../../../src/slack/forms/edit-inputs.ts';
import { fixes } from './arbitrary-edits.ts';
import { DRAFT } from './arbitrary-looks.ts';
import { DEAL_PAGE, expectSlackToOpen } from './in-slack.ts';

/** The input for a field of a deal: its kind, what can be chosen, and what is chosen. */
function inputOf(json: object, path: string) {
  const field = fieldsAt({ ...json }, [path]).find((each) => each.path.startsWith(path));
  if (field === undefined) throw new Error(`${path} isn't offered.`);
  const element = fixInput(field, undefined).element;
  const values = (options: readonly { readonly value?: string }[]) => options.map(({ value }) => value);
  return {
    type: element.type,
    offered: 'options' in element ? values(element.options ?? []) : [],
    chosen:
      'initial_options' in element
        ? values(element.initial_options ?? [])
        : 'initial_option' in element && element.initial_option !== undefined
          ? values([element.initial_option])
          : [],
  };
}

describe('primary needs', () => {
  test('that no support is needed is not offered beside needs for Co-Sell', () => {
    const { offered } = inputOf({ PrimaryNeedsFromAws: ['Co-Sell - Deal Support'] }, 'PrimaryNeedsFromAws');
    expect(offered).toEqual([...primaryNeeds]);
  });

  test('and is shown where the deal has it, however it is written there', () => {
    const needs = inputOf(
      { PrimaryNeedsFromAws: ['do not need support from AWS Sales Rep'] },
      'PrimaryNeedsFromAws',
    );
    expect(needs).toEqual({
      type: 'checkboxes',
      offered: [...primaryNeeds, DO_NOT_NEED_SUPPORT],
      chosen: [DO_NOT_NEED_SUPPORT],
    });
  });

  test('a need that comes with entities is ticked once, in the list’s spelling', () => {
    const needs = ['Co-Sell - Support for Public Tender &#x2F; RFx'];
    expect(inputOf({ PrimaryNeedsFromAws: needs }, 'PrimaryNeedsFromAws')).toMatchObject({
      offered: [...primaryNeeds],
      chosen: ['Co-Sell - Support for Public Tender / RFx'],
    });
  });
});

test('a state of the United States is chosen from a list; what is there can stay', () => {
  const state = (StateOrRegion: string) =>
    inputOf(
      { Customer: { Account: { Address: { CountryCode: 'US', StateOrRegion } } } },
      'Customer.Account.Address.StateOrRegion',
    );
  expect(state('New York')).toMatchObject({ type: 'static_select', chosen: ['New York'] });
  const other = state('District of Columbia');
  expect(other.offered).toContain('Dist. of Columbia');
  expect(other.chosen).toEqual(['District of Columbia']);
});

/** What Slack sends of a form that is open. */
const opened = (view: ModalView) => ({
  private_metadata: view.private_metadata ?? '',
  title: view.title,
  submit: view.submit ?? null,
  blocks: view.blocks,
});

test('Slack shows the form whatever is chosen in it, and nothing that AWS has there goes', () => {
  fc.assert(
    fc.property(fixes, fc.array(fc.constantFrom(...CHOICES), { maxLength: 6 }), (fix, choices) => {
      fc.pre(fix.type === 'form');
      const at = { formId: DRAFT, opportunityId: 'O1', catalog: 'AWS', dealPage: DEAL_PAGE } as const;
      const before = fixView(fix, at);
      const after = choices.reduce(
        (view, [path, value]) => withFollowing(opened(view), new Map([[path, value]])),
        before,
      );
      expectSlackToOpen(after);
      const blocks = after.blocks.flatMap(({ block_id }) => block_id ?? []);
      for (const { path, value } of fix.fields) if (value.length > 0) expect(blocks).toContain(path);
      expect(new Set(blocks).size).toBe(blocks.length);
    }),
  );
});

test('a choice that somebody takes back leaves the form as it was', () => {
  const fields = fieldsAt({ Customer: { Account: { Address: { CountryCode: 'NO' } } } }, [
    'Customer.Account.Industry',
    'Customer.Account.Address.CountryCode',
    'Marketing.Source',
  ]);
  const blocks = fieldInputs(fields, new Map());
  for (const [path, value, back] of [
    ['Customer.Account.Industry', 'Other', 'Retail'],
    ['Customer.Account.Address.CountryCode', 'US', 'NO'],
    ['Marketing.Source', 'Marketing Activity', 'None'],
  ] as const) {
    const chosen = following(blocks, path, value);
    expect(chosen).not.toEqual(blocks);
    expect(following(chosen, path, back)).toEqual(blocks);
  }
});

test('a postal code is explained as it is in the country that was chosen last, or not at all', () => {
  const country = 'Customer.Account.Address.CountryCode';
  const paths = [country, 'Customer.Account.Address.PostalCode'];
  const fields = fieldsAt({ Customer: { Account: { Address: { CountryCode: 'US' } } } }, paths);
  const hints = (blocks: ReturnType<typeof fieldInputs>) =>
    blocks.flatMap((block) => ('hint' in block && block.hint ? [block.hint.text] : []));
  const american = fieldInputs(fields, new Map());
  expect(hints(american)).toEqual(['Such as 12345 or 12345-6789']);
  // AWS documents no form of it for the Emirates.
  const emirati = following(american, country, 'AE');
  expect(hints(emirati)).toEqual([]);
  expect(hints(following(emirati, country, 'NO'))).toEqual(['Such as 1234']);
});

const CHOICES = [
  ['Customer.Account.Industry', 'Other'],
  ['Customer.Account.Industry', 'Retail'],
  ['Marketing.Source', 'Marketing Activity'],
  ['Marketing.Source', 'None'],
  ['Customer.Account.Address.CountryCode', 'US'],
  ['Customer.Account.Address.CountryCode', 'GB'],
  ['Customer.Account.Address.CountryCode', ''],
] as const;

test('an option whose text is cut is sent in full, and what no option can hold is not offered', () => {
  const path = 'Project.CustomerUseCase';
  const useCases = inputOf({}, path).offered;
  expect(useCases).toEqual([...CLOSED_LISTS['Project.CustomerUseCase']]);
  for (const text of ['A'.repeat(151), 'REDACTED']) {
    expect(fieldsAt({ Project: { CustomerUseCase: text, SalesActivities: [text] } }, [path])).toEqual([]);
    expect(fieldsAt({ Project: { SalesActivities: [text] } }, ['Project.SalesActivities'])).toEqual([]);
  }
});
