/** The ids of all formats that can be written. */
export const EXPORT_FORMATS: readonly string[] = [
  'yaml',
  'moodle-xml',
  'qti',
  'anki',
  'kahoot',
  'csv',
  'gift',
]
