import type { ActionsBlockElement, InputBlockElement, KnownBlock } from '@slack/types';

/** An element a person can press, choose in, or type into, and where it stands. */
export interface PlacedElement {
  readonly block: KnownBlock;
  readonly blockId: string;
  readonly actionId: string;
  readonly element: ActionsBlockElement | InputBlockElement;
  /** Its path below the list of blocks. */
  readonly path: readonly PropertyKey[];
}

function interactive(
  block: KnownBlock,
  element: ActionsBlockElement | InputBlockElement,
  path: readonly PropertyKey[],
): PlacedElement[] {
  if (block.block_id === undefined || element.action_id === undefined) return [];
  return [{ block, blockId: block.block_id, actionId: element.action_id, element, path }];
}

/** Every interactive element of the blocks, in order. */
export function interactiveElements(blocks: readonly KnownBlock[]): readonly PlacedElement[] {
  return blocks.flatMap((block, index) => {
    switch (block.type) {
      case 'actions':
        return block.elements.flatMap((element, position) =>
          interactive(block, element, [index, 'elements', position]),
        );
      case 'input':
        return interactive(block, block.element, [index, 'element']);
      case 'section':
        return block.accessory === undefined || block.accessory.type === 'image'
          ? []
          : interactive(block, block.accessory, [index, 'accessory']);
      default:
        return [];
    }
  });
}
