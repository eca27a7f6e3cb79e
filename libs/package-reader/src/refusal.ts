/** Why an archive is refused as a whole: a code, the entry's place in the directory, and a sentence in both languages. */

export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** One sentence per code, in both languages. */
export const refusalTexts = {
  NOT_A_ZIP: { en: 'this is not a zip archive', zh: '这不是 zip 压缩包' },
  END_MISSING: { en: 'the end of the archive is missing; it was probably cut off', zh: '缺少压缩包的结尾，文件可能被截断' },
  END_AMBIGUOUS: { en: 'more than one end of the archive can be read', zh: '压缩包存在多个可识别的结尾' },
  TRAILING_BYTES: { en: 'bytes follow the end of the archive, or its comment is cut', zh: '压缩包结尾之后有多余字节，或注释被截断' },
  MULTI_DISK: { en: 'the archive is split over several files', zh: '压缩包被拆分为多个分卷' },
  ZIP64_INVALID: { en: 'the zip64 records contradict the archive', zh: 'zip64 记录与压缩包不一致' },
  ENTRY_COUNT_WRONG: { en: 'the number of entries is not what the end record says', zh: '条目数量与结尾记录不符' },
  DIRECTORY_MISPLACED: { en: 'the directory does not lie where the end record says', zh: '目录的位置与结尾记录不符' },
  DIRECTORY_INVALID: { en: 'a record of the directory is broken', zh: '目录记录已损坏' },
  DIRECTORY_TOO_LARGE: { en: 'the directory is larger than any reader here takes', zh: '目录超过允许的最大长度' },
  EXTRA_FIELD_INVALID: { en: 'the extra fields of an entry are broken or contradict each other', zh: '条目的扩展字段损坏或相互矛盾' },
  ENCRYPTED: { en: 'an entry is encrypted', zh: '条目已加密' },
  METHOD_UNSUPPORTED: { en: 'an entry is neither stored nor deflated', zh: '条目的压缩方式既非存储也非 deflate' },
  SYMLINK: { en: 'an entry is a symbolic link', zh: '条目是符号链接' },
  SPECIAL_FILE: { en: 'an entry is neither a file nor a folder', zh: '条目既不是普通文件也不是文件夹' },
  KIND_AMBIGUOUS: { en: 'an entry is a folder by its attributes and a file by its name, or the reverse', zh: '条目的属性与名称对“文件或文件夹”的说法相互矛盾' },
  FOLDER_HAS_CONTENT: { en: 'a folder has content', zh: '文件夹条目带有内容' },
  SIZE_INVALID: { en: 'the sizes of an entry are impossible', zh: '条目的大小不可能成立' },
  LOCAL_HEADER_INVALID: { en: 'there is no header where the directory says an entry begins', zh: '目录所指位置没有条目头' },
  LOCAL_HEADER_DIFFERS: { en: 'the header of an entry contradicts the directory', zh: '条目头与目录记录不一致' },
  DESCRIPTOR_INVALID: { en: 'the data descriptor of an entry is missing or contradicts the directory', zh: '条目的数据描述符缺失或与目录不一致' },
  OVERLAP: { en: 'entries overlap', zh: '条目的数据相互重叠' },
  UNACCOUNTED_BYTES: { en: 'there are bytes that belong to no entry', zh: '存在不属于任何条目的字节' },
  NAME_EMPTY: { en: 'an entry has no name', zh: '条目没有名称' },
  NAME_UNDECODABLE: { en: 'the name of an entry is neither UTF-8 nor GB18030', zh: '条目名称既非 UTF-8 也非 GB18030 编码' },
  NAME_AMBIGUOUS: { en: 'an entry has two different names', zh: '条目带有两个不同的名称' },
  NAME_CONTROL: { en: 'the name of an entry contains control characters', zh: '条目名称含有控制字符' },
  NAME_INVISIBLE: { en: 'the name of an entry contains invisible or direction-changing characters', zh: '条目名称含有不可见字符或改变书写方向的字符' },
  NAME_BACKSLASH: { en: 'the name of an entry contains a backslash', zh: '条目名称含有反斜杠' },
  NAME_ABSOLUTE: { en: 'the name of an entry is an absolute path', zh: '条目名称是绝对路径' },
  NAME_DRIVE: { en: 'the name of an entry begins with a drive letter', zh: '条目名称以盘符开头' },
  NAME_TRAVERSAL: { en: 'the name of an entry leads out of the package', zh: '条目名称指向压缩包之外' },
  NAME_SEGMENT: { en: 'the name of an entry has an empty segment or a segment "."', zh: '条目名称含有空路径段或“.”路径段' },
  NAME_TRAILING: { en: 'a segment of the name of an entry ends with a dot or a space', zh: '条目名称的某一段以点或空格结尾' },
  NAME_DEVICE: { en: 'a segment of the name of an entry is a reserved device name', zh: '条目名称的某一段是系统保留的设备名' },
  NAME_DUPLICATE: { en: 'two entries have the same name, or names that differ only by case or width', zh: '两个条目同名，或仅大小写、全半角不同' },
  NAME_FILE_AND_FOLDER: { en: 'an entry is a file and a folder at once', zh: '同一名称既是文件又是文件夹' },
  NAME_TOO_LONG: { en: 'the name of an entry is longer than allowed', zh: '条目名称超过允许的长度' },
  NAME_TOO_DEEP: { en: 'an entry lies deeper than allowed', zh: '条目的目录层级超过允许的深度' },
  PACKAGE_TOO_LARGE: { en: 'the package is larger than allowed', zh: '压缩包超过允许的大小' },
  TOO_MANY_ENTRIES: { en: 'there are more entries than allowed', zh: '条目数量超过允许的上限' },
  ENTRY_TOO_LARGE: { en: 'an entry is larger than allowed', zh: '条目超过允许的大小' },
  INFLATED_TOO_LARGE: { en: 'all entries together are larger than allowed', zh: '全部条目解压后的总大小超过上限' },
  RATIO_TOO_HIGH: { en: 'the compression ratio is higher than allowed', zh: '压缩比超过允许的上限' },
  NESTING_TOO_DEEP: { en: 'archives are nested deeper than allowed', zh: '压缩包嵌套层数超过上限' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type RefusalCode = keyof typeof refusalTexts;

export const refusalCodes = Object.keys(refusalTexts) as readonly RefusalCode[];

export interface Refusal {
  readonly code: RefusalCode;
  /** The entry's place in the directory, from 0; absent where no single entry is to blame. */
  readonly entryIndex?: number;
  readonly detail: Bilingual;
}

/** `about` is shown after the sentence in both languages: a number, or a name as JSON. */
export function refusal(code: RefusalCode, entryIndex?: number, about?: string): Refusal {
  const { en, zh } = refusalTexts[code];
  const detail = about === undefined ? { en, zh } : { en: `${en}: ${about}`, zh: `${zh}：${about}` };
  return entryIndex === undefined ? { code, detail } : { code, entryIndex, detail };
}

/** Carries a refusal out of the parsers; never leaves this library. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(code: RefusalCode, entryIndex?: number, about?: string) {
    super(code);
    this.refusal = refusal(code, entryIndex, about);
  }
}
