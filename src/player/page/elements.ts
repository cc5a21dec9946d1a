import arrowDown from '@vscode/codicons/src/icons/arrow-down.svg';
import arrowUp from '@vscode/codicons/src/icons/arrow-up.svg';
import pause from '@vscode/codicons/src/icons/debug-pause.svg';
import back from '@vscode/codicons/src/icons/discard.svg';
import play from '@vscode/codicons/src/icons/play.svg';
import forward from '@vscode/codicons/src/icons/redo.svg';

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

/** VS Code's own icons, 16 x 16, drawn in the colour of the text. */
const ICONS = { play, pause, back, forward, up: arrowUp, down: arrowDown } as const;

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
