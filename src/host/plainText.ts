/**
 * Text of a server for VS Code's notifications and inputs, which make a link of `[text](command:…)`: the name of a bot must not
 * become one.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** Text of a server for VS Code's pickers, which make an icon of `$(name)`. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}
