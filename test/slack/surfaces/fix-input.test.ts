import { describe, expect, test } from 'vitest';
import { DO_NOT_NEED_SUPPORT, primaryNeeds } from '../../../src/aws/lists.ts';
import { fieldsAt } from '../../../src/edits/fields.ts';
import { fixInput } from '../../../src/slack/forms/edit-inputs.ts';

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
