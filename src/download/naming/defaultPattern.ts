/** The pattern of file names when the user set none. */
export const DEFAULT_FILE_NAME_PATTERN = '{date} {time} {title} {id}';
