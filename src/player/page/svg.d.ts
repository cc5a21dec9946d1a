/** The build puts the path of the icon in such a file in its place. */
declare module '*.svg' {
  const path: string;
  export default path;
}
