/** A codicon and the theme colour that goes with it. */
export interface Icon {
  readonly codicon: string;
  readonly color: string | undefined;
}
