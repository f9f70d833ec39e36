import type { CheckedBlock } from './blocks.ts';

export type Surface = 'message' | 'modal' | 'home';

const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];

/** Where each type of block may stand. https://docs.slack.dev/reference/block-kit/blocks/ */
export const SURFACES_OF_BLOCKS: Readonly<Record<CheckedBlock['type'], readonly Surface[]>> = {
  actions: EVERYWHERE,
  alert: ['modal'],
  context: EVERYWHERE,
  divider: EVERYWHERE,
  header: EVERYWHERE,
  image: EVERYWHERE,
  input: EVERYWHERE,
  markdown: ['message'],
  rich_text: EVERYWHERE,
  section: EVERYWHERE,
};

/**
 * Elements that don't work everywhere.
 * https://docs.slack.dev/reference/block-kit/block-elements/
 */
export const SURFACES_OF_ELEMENTS: Readonly<Record<string, readonly Surface[]>> = {
  datetimepicker: ['message', 'modal'],
  email_text_input: ['modal'],
  number_input: ['modal'],
  url_text_input: ['modal'],
};

/** Blocks a surface may hold. */
export const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };
