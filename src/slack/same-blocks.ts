import type { Block, KnownBlock } from '@slack/types';

/**
 * Whether two views show the same, as far as a choice changes them: which blocks there are, and what their texts say.
 * A view that stays as it is isn't sent.
 */
export const showsSame = (
  one: readonly (KnownBlock | Block)[],
  other: readonly (KnownBlock | Block)[],
): boolean => JSON.stringify(one.map(textsOf)) === JSON.stringify(other.map(textsOf));

function textsOf(block: KnownBlock | Block): readonly unknown[] {
  const text = 'text' in block ? block.text : undefined;
  const elements = 'elements' in block && Array.isArray(block.elements) ? block.elements : [];
  return [
    block.block_id,
    readText(text),
    ...elements.map((element) => readText('text' in element && element.text)),
  ];
}

const readText = (text: unknown): unknown =>
  typeof text === 'object' && text !== null && 'text' in text ? text.text : text;
