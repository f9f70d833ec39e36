import type { HomeView, ModalView } from '@slack/types';
import { expect } from 'vitest';
import { isTooLong, readContent } from '../../../demo/slack/message-content.ts';
import { checkHome, checkModal, isTooLarge } from '../../../demo/slack/view-rules.ts';
import { LIMITS, type Message } from '../../../src/slack/blocks/elements.ts';
import { fitting, textSize } from '../../../src/slack/posting.ts';

/** The longest address of a deal's page that the settings take, and one that has to be escaped. */
export const DEAL_PAGE = 'https://deals.example/?a=1&amp;id='
  .padEnd(146, 'x')
  .concat('{id}')
  .replaceAll('&amp;', '&');

/** Fails where Slack would refuse the message as it is sent, or a screen reader would miss something. */
export function expectSlackToTake(built: Message): void {
  const message = fitting(built);
  expect(isTooLong(message.blocks)).toBe(false);
  expect(textSize(message.blocks)).toBeLessThanOrEqual(LIMITS.messageText);
  const content = readContent({ text: message.text, blocks: JSON.stringify(message.blocks) });
  expect(content).toEqual(expect.objectContaining({ ok: true }));
  expect(message.text.trim()).not.toBe('');
  expect(message.blocks.length).toBeLessThanOrEqual(LIMITS.messageBlocks);
  expectLabels(message.blocks);
}

/** Fails where Slack would refuse the view. */
export function expectSlackToOpen(view: ModalView): void {
  expect(checkModal(JSON.parse(JSON.stringify(view)))).toEqual(expect.objectContaining({ ok: true }));
  expect(isTooLarge(view)).toBe(false);
  expectLabels(view.blocks);
}

/** Fails where Slack would refuse the home tab. */
export function expectSlackToPublish(view: HomeView): void {
  expect(checkHome(JSON.parse(JSON.stringify(view)))).toEqual(expect.objectContaining({ ok: true }));
  expect(isTooLarge(view)).toBe(false);
  expectLabels(view.blocks);
}

/** Every button says to a screen reader what it does. */
function expectLabels(blocks: readonly unknown[]): void {
  for (const button of buttonsIn(blocks)) {
    expect(button).toHaveProperty('accessibility_label', expect.stringMatching(/\S/));
  }
}

function buttonsIn(value: unknown): readonly object[] {
  if (Array.isArray(value)) return value.flatMap(buttonsIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'button') return [value];
  return Object.values(value).flatMap(buttonsIn);
}
