/**
 * A page described as data and brought up to date in place, so that what is focused, typed and scrolled
 * stays. `render` compares the description with what is there and touches only the differences.
 *
 * @typedef {{ tag: string, key: string | undefined, props: Props, children: readonly (VNode | string)[] }} VNode
 * @typedef {VNode | string | number | null | undefined | false | readonly Child[]} Child
 * @typedef {Readonly<Record<string, unknown>>} Props
 */

/** Set as properties; everything else becomes an attribute. */
const properties = new Set([
  'value',
  'checked',
  'selected',
  'disabled',
  'inert',
  'hidden',
  'open',
  'readOnly',
]);

/** @type {WeakMap<Node, VNode>} */
const rendered = new WeakMap();

/**
 * An element. Props: `key` (unique among its siblings, to be recognized when they move), `onclick` and the
 * like, `onMount` (called once with the new element), DOM properties and attributes. `false`, `null` and
 * `undefined` leave a prop, or a child, out.
 *
 * @param {string} tag
 * @param {Props | null} [props]
 * @param {Child[]} children
 * @returns {VNode}
 */
export function h(tag, props, ...children) {
  const { key, ...rest } = props ?? {};
  return { tag, key: key === undefined ? undefined : String(key), props: rest, children: flatten(children) };
}

/**
 * Makes `parent` hold exactly `children`.
 *
 * @param {Element} parent
 * @param {readonly Child[]} children
 */
export function render(parent, children) {
  reconcile(parent, flatten(children));
}

/** @param {readonly Child[]} children @returns {(VNode | string)[]} */
function flatten(children) {
  return children.flatMap((child) => {
    if (child === null || child === undefined || child === false || child === '') return [];
    if (typeof child === 'number') return [String(child)];
    if (typeof child === 'string') return [child];
    return 'tag' in child ? [child] : flatten(child);
  });
}

/** @param {Element} parent @param {readonly (VNode | string)[]} children */
function reconcile(parent, children) {
  const old = [...parent.childNodes];
  const matches = children.map((child) => {
    const index = old.findIndex((node) => fits(node, child));
    return index === -1 ? undefined : old.splice(index, 1)[0];
  });
  for (const node of old) node.remove();
  let cursor = parent.firstChild;
  for (const [index, child] of children.entries()) {
    const match = matches[index];
    const node = match ?? create(child);
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
    if (typeof child === 'string') {
      if (node.nodeValue !== child) node.nodeValue = child;
    } else if (node instanceof HTMLElement) {
      update(node, child, match === undefined);
    }
  }
}

/** @param {Node} node @param {VNode | string} child */
function fits(node, child) {
  if (typeof child === 'string') return node.nodeType === Node.TEXT_NODE;
  const before = rendered.get(node);
  return before !== undefined && before.tag === child.tag && before.key === child.key;
}

/** @param {VNode | string} child @returns {Node} */
function create(child) {
  return typeof child === 'string' ? document.createTextNode(child) : document.createElement(child.tag);
}

/** @param {HTMLElement} element @param {VNode} vnode @param {boolean} isNew */
function update(element, vnode, isNew) {
  const before = rendered.get(element)?.props ?? {};
  rendered.set(element, vnode);
  for (const name of Object.keys(before)) {
    if (!(name in vnode.props)) setProp(element, name, undefined);
  }
  reconcile(element, vnode.children);
  for (const [name, value] of Object.entries(vnode.props)) setProp(element, name, value);
  const { onMount } = vnode.props;
  if (isNew && typeof onMount === 'function') queueMicrotask(() => onMount(element));
}

/** @param {HTMLElement} element @param {string} name @param {unknown} value */
function setProp(element, name, value) {
  if (name === 'onMount') return;
  const absent = value === undefined || value === null || value === false;
  if (name.startsWith('on')) {
    if (Reflect.get(element, name) !== value) Reflect.set(element, name, absent ? null : value);
  } else if (properties.has(name)) {
    const wanted = name === 'value' ? (absent ? '' : value) : !absent;
    if (Reflect.get(element, name) !== wanted) Reflect.set(element, name, wanted);
  } else if (absent) {
    element.removeAttribute(name);
  } else {
    const text = value === true ? '' : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}
