/** An element with its class and what stands in it. Texts become text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...content);
  return made;
}

/** The paths of icons, 16 x 16, drawn in the colour of the text. */
const ICONS = {
  play: 'M4 2.5v11l9-5.5z',
  pause: 'M4 2.5h3v11H4zM9 2.5h3v11H9z',
  back: 'M8 3V0.5L4 4l4 3.5V5a4 4 0 1 1-4 4H2a6 6 0 1 0 6-6z',
  forward: 'M8 3V0.5L12 4 8 7.5V5a4 4 0 1 0 4 4h2a6 6 0 1 1-6-6z',
  up: 'M8 4.5l5.5 5.5-1.2 1.2L8 6.9l-4.3 4.3L2.5 10z',
  down: 'M8 11.5L2.5 6l1.2-1.2L8 9.1l4.3-4.3L13.5 6z',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof ICONS;

const SVG = 'http://www.w3.org/2000/svg';

/** An icon that stands for nothing by itself: what it is on has a name. */
export function icon(name: IconName): SVGElement {
  const svg = svgElement('svg', { viewBox: '0 0 16 16', class: 'icon', 'aria-hidden': 'true' });
  svg.append(svgElement('path', { d: ICONS[name] }));
  return svg;
}

/** An SVG element with its attributes. */
export function svgElement(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** A button with an icon. @param name what it does, for screen readers and in its tooltip */
export function iconButton(shown: IconName, name: string, press: () => void): HTMLButtonElement {
  const button = element('button', 'icon-button', icon(shown));
  button.type = 'button';
  nameButton(button, name);
  button.addEventListener('click', press);
  return button;
}

/** Gives a button another name. */
export function nameButton(button: HTMLButtonElement, name: string): void {
  button.title = name;
  button.setAttribute('aria-label', name);
}

/** A sentence with its gaps filled. */
export function filled(sentence: string, ...values: readonly string[]): string {
  return sentence.replace(/\{(\d)\}/g, (gap, index) => values[Number(index)] ?? gap);
}
