import { encode } from 'html-entities';

/** How something looks in one theme at one width. */
export interface Look {
  readonly theme: string;
  readonly width: number;
  readonly file: string;
  readonly pixels: number;
  /** Pixels that only scrolling shows. */
  readonly hidden: number;
}

export interface Row {
  readonly name: string;
  readonly surface: string;
  readonly words: number;
  readonly looks: readonly Look[];
}

/** The page of the gallery: a row a thing, the pictures beside its words and pixels. */
export function galleryPage(rows: readonly Row[], sizes: readonly { readonly width: number }[]): string {
  const widths = sizes.map(({ width }) => width);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gallery: everything that people read</title>
<style>
  body { font: 14px/1.4 system-ui, sans-serif; margin: 1rem; color-scheme: light dark }
  h2 { font-size: 1rem; margin: 2rem 0 .25rem }
  .looks { display: flex; gap: 1rem; align-items: start; overflow-x: auto }
  figure { margin: 0 } figcaption { opacity: .75 } img { max-width: 40rem; border: 1px solid #8884 }
  .scrolls { color: #c22; opacity: 1 }
</style>
<h1>Everything that people read</h1>
<p>${rows.length} things; words without those of menus and confirmations that are closed.</p>
${rows.map((row) => section(row, widths)).join('\n')}
</html>
`;
}

const section = ({ name, surface, words, looks }: Row, widths: readonly number[]): string =>
  `<section><h2>${encode(surface)}: ${encode(name)}</h2><p>${words} words</p><div class="looks">
${widths.flatMap((width) => looks.filter((look) => look.width === width).map(figure)).join('\n')}
</div></section>`;

const figure = ({ theme, width, file, pixels, hidden }: Look): string =>
  `<figure><figcaption${hidden > 0 ? ' class="scrolls"' : ''}>${width}, ${theme}: ${pixels} px${hidden > 0 ? `, and ${hidden} by scrolling` : ''}</figcaption><img loading="lazy" src="${file}" alt=""></figure>`;
