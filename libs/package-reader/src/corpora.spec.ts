/** Every archive of two test suites that others wrote, with the one answer that it gets here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Budgets } from '@tributary/facts';
import { packageLimits } from './budgets';
import { openNested } from './opened-package';
import { EntryCorrupt } from './reader-error';

const corpora = join(__dirname, '../../../../shared/corpora');
const answerMsMax = 2_000;
const memoryBytesMax = 256 * 1024 * 1024;

/**
 * `sound`: opened, and every entry read to its end. A refusal's code: refused from the directory. `CRC_WRONG` and
 * `INFLATE_FAILED`: opened, and the entry found corrupt while it was read.
 *
 * Of the `incons-*` archives one is sound here: `incons-ef-local-id` has an extra field in its directory (a timestamp) that its local
 * header lacks; a well-known streaming writer does the same (`success_streaming`), and nobody reads other contents for it. Some are
 * refused for another reason than the one they were made for: their entry came from a pipe.
 */
const answers: Readonly<Record<string, string>> = {
  sound: `
    libzip:aaaaaaaa-stored libzip:bigzero-zip libzip:changing-size-muchl libzip:changing-size-muchlo libzip:changing-size-muchlonger
    libzip:changing-size libzip:cm-default libzip:encrypt-none libzip:extra_field_align_1-0 libzip:extra_field_align_1-ef_00
    libzip:extra_field_align_2-0 libzip:extra_field_align_2-ef_00 libzip:extra_field_align_3-0 libzip:extra_field_align_3-ef_00
    libzip:extra_field_align_4-ff libzip:fileorder libzip:firstsecond-split-deflated libzip:firstsecond-split-stored libzip:firstsecond
    libzip:foo-stored libzip:incons-central-file-comment-utf8-ascii libzip:incons-ef-local-id libzip:mtime-default libzip:mtime-dstpoint-deflated
    libzip:mtime-dstpoint libzip:mtime-post-dstpoint-deflated libzip:mtime-post-dstpoint libzip:mtime-pre-dstpoint-deflated libzip:mtime-pre-dstpoint
    libzip:rename_ok libzip:stored-no-eos libzip:test-cp437-fc-utf-8-filename libzip:test-cp437-fc libzip:test-utf8-unmarked libzip:test-utf8
    libzip:test libzip:test2 libzip:test_open_multiple libzip:testbuffer libzip:testbuffer_reopen libzip:testchanged libzip:testchangedlocal
    libzip:testcomment libzip:testcomment13 libzip:testcommentremoved libzip:testdeflated libzip:testdeflated2 libzip:testdir libzip:testempty
    libzip:testfile-UTF8 libzip:testfile-cp437 libzip:testfile-ef libzip:testfile-long-comment libzip:testfile-plus-extra libzip:testfile-stored-dos
    libzip:testfile-torrentzip-modified libzip:testfile-torrentzip libzip:testfile libzip:testfile0 libzip:testfile2014 libzip:teststdin
    libzip:teststored libzip:utf-8-standardization-input libzip:utf-8-standardization-output libzip:zipcmp_zip_dir yauzl:success_NtfsTimestamp
    yauzl:success_big-compression yauzl:success_big-uncompressed yauzl:success_cygwin-info-zip yauzl:success_deflate yauzl:success_directories
    yauzl:success_empty yauzl:success_everything yauzl:success_linux-info-zip yauzl:success_streaming yauzl:success_unicode yauzl:success_unix-epoch
    yauzl:success_windows-7-zip yauzl:success_windows-compressed-folder yauzl:success_zip64
  `,
  CRC_WRONG: `
    libzip:incons-data
  `,
  DIRECTORY_INVALID: `
    libzip:incons-central-file-comment-longer libzip:incons-central-magic-bad libzip:incons-central-magic-bad2
    yauzl:failure_invalid_central_directory_file_header_signature_0x1014b50
  `,
  DIRECTORY_MISPLACED: `
    libzip:incons-cdoffset libzip:incons-cdsize-large libzip:incons-cdsize-small libzip:incons-gap-before-eocd libzip:junk-at-start
  `,
  ENCRYPTED: `
    libzip:broken libzip:empty-pkware libzip:encrypt-1234 libzip:encrypt-aes128-noentropy libzip:encrypt-aes128 libzip:encrypt-aes192-noentropy
    libzip:encrypt-aes192 libzip:encrypt-aes256-noentropy libzip:encrypt-aes256 libzip:encrypt-pkware-noentropy-2 libzip:encrypt-pkware-noentropy
    libzip:encrypt libzip:encrypt_plus_extra libzip:encrypt_plus_extra_modified_c libzip:encrypt_plus_extra_modified_l libzip:hmac-error
    yauzl:failure_strong_encryption_is_not_supported yauzl:success_traditional-encryption-and-compression
    yauzl:success_traditional-encryption-and-compression_deprecated yauzl:success_traditional-encryption
    yauzl:success_traditional-encryption_deprecated
  `,
  END_AMBIGUOUS: `
    libzip:zip-in-archive-comment libzip:zip64-in-archive-comment
  `,
  END_MISSING: `
    libzip:incons-eocd-magic-bad libzip:testfile-truncated
    yauzl:failure_End_of_central_directory_record_signature_not_found_Either_not_a_zip_file_or_file_is_truncated
  `,
  ENTRY_COUNT_WRONG: `
    libzip:incons-central-file-comment-shorter libzip:incons-file-count-high libzip:incons-file-count-low
  `,
  EXTRA_FIELD_INVALID: `
    libzip:extra_field_align_1-ef_ff libzip:extra_field_align_1-ff libzip:extra_field_align_2-ef_ff libzip:extra_field_align_2-ff
    libzip:extra_field_align_3-ef_ff libzip:extra_field_align_3-ff libzip:incons-ef-central-size-wrong libzip:incons-ef-local-dupe-utf8comment
    libzip:incons-ef-local-dupe-utf8name libzip:incons-ef-local-id-size libzip:incons-ef-local-size
    yauzl:failure_extra_field_length_exceeds_extra_field_buffer_size yauzl:success_unicode-path-extra-field
  `,
  FOLDER_HAS_CONTENT: `
    yauzl:wrong-entry-sizes_wrong-entry-sizes
  `,
  INFLATE_FAILED: `
    yauzl:failure_invalid_code_lengths_set yauzl:failure_too_many_length_or_distance_symbols
  `,
  LOCAL_HEADER_DIFFERS: `
    libzip:incons-central-compsize-smaller libzip:incons-central-crc libzip:incons-central-date libzip:incons-local-compression-method
    libzip:incons-local-compsize-larger libzip:incons-local-compsize-smaller libzip:incons-local-crc libzip:incons-local-filename-missing
    libzip:incons-local-filename-short libzip:incons-local-filename libzip:incons-local-size-larger libzip:incons-trailing-garbage
    yauzl:failure_not_enough_bytes_in_the_stream_expected_2048576_got_only_1000000
    yauzl:failure_too_many_bytes_in_the_stream_expected_82496_got_at_least_98304
  `,
  LOCAL_HEADER_INVALID: `
    libzip:incons-local-magic-bad yauzl:failure_invalid_local_file_header_signature_0x3034b50
  `,
  METHOD_UNSUPPORTED: `
    libzip:lzma-no-eos libzip:testbzip2 libzip:testbzip2broken libzip:testfile-lzma libzip:testfile-xz libzip:testfile-zstd
    yauzl:failure_unsupported_compression_method_1 yauzl:success_bogus-compression-method
  `,
  MULTI_DISK: `
    libzip:multidisk yauzl:failure_multi-disk_zip_files_are_not_supported_found_disk_number_1
  `,
  NAME_ABSOLUTE: `
    yauzl:failure_absolute_path_atxt
  `,
  NAME_AMBIGUOUS: `
    libzip:incons-ef-local-utf8name-ascii
  `,
  NAME_BACKSLASH: `
    yauzl:failure_invalid_characters_in_fileName_a_txt yauzl:success_sloppy-filenames
  `,
  NAME_CONTROL: `
    libzip:incons-filename-nul-byte libzip:test-cp437-comment-utf-8 libzip:test-cp437
  `,
  NAME_DRIVE: `
    yauzl:failure_absolute_path_C_xt
  `,
  NAME_DUPLICATE: `
    libzip:filename_duplicate
  `,
  NAME_EMPTY: `
    libzip:filename_duplicate_empty libzip:filename_empty
  `,
  NAME_TRAVERSAL: `
    yauzl:failure_invalid_relative_path_xt
  `,
  NOT_A_ZIP: `
    libzip:bogus yauzl:failure_End_of_central_directory_record_signature_not_found_Either_not_a_zip_file_or_file_is_truncated_1
  `,
  OVERLAP: `
    libzip:incons-local-filename-long yauzl:failure_file_data_overflows_file_bounds_63_2147483647_308
  `,
  SIZE_INVALID: `
    libzip:incons-central-compression-method libzip:incons-central-compsize-larger-toolarge libzip:incons-central-compsize-larger
    libzip:incons-central-size-larger libzip:incons-stored-size yauzl:failure_compressed_uncompressed_size_mismatch_for_stored_file_2147483647_5
  `,
  SPECIAL_FILE: `
    libzip:incons-ef-local-dupe-zip64-v1 libzip:incons-ef-local-dupe-zip64-v2 libzip:incons-streamed-2 libzip:incons-streamed libzip:streamed-zip64
    libzip:streamed libzip:zip64-3mf libzip:zip64
  `,
  TRAILING_BYTES: `
    libzip:incons-archive-comment-longer libzip:incons-archive-comment-shorter libzip:junk-at-end libzip:testextrabytes
    yauzl:failure_Invalid_comment_length_Expected_1_Found_0_Are_there_extra_bytes_at_the_end_of_the_file_Or_is_the_end_of_central_dir_signature_PK_in_the_com
  `,
  UNACCOUNTED_BYTES: `
    libzip:gap-add libzip:gap-delete libzip:gap-replace libzip:gap libzip:incons-gap-before-cd libzip:incons-gap-before-local
  `,
  ZIP64_INVALID: `
    libzip:incons-eocd64-gap libzip:incons-eocd64 libzip:incons-file-count-overflow libzip:incons-zip64-checkcons-overflow
    yauzl:failure_invalid_zip64_end_of_central_directory_record_signature yauzl:failure_unexpected_EOF
    yauzl:failure_zip64_extended_information_extra_field_does_not_include_compressed_size
    yauzl:failure_zip64_extended_information_extra_field_does_not_include_relative_header_offset
    yauzl:failure_zip64_extended_information_extra_field_does_not_include_uncompressed_size
  `,
};

const expected = new Map(
  Object.entries(answers).flatMap(([answer, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name): [string, string] => [name, answer]),
  ),
);

const prefixes: Readonly<Record<string, string>> = { libzip: 'regress_data_', yauzl: 'test_' };
const present = existsSync(join(corpora, 'zip'));
if (!present) process.stdout.write(`skipped: archives of others: there is no folder ${corpora}\n`);
const files = Object.entries(present ? prefixes : {}).flatMap(([suite, prefix]) =>
  readdirSync(join(corpora, 'zip', suite)).map((file) => ({
    name: `${suite}:${file.slice(prefix.length, -'.zip'.length)}`,
    path: join(corpora, 'zip', suite, file),
  })),
);

async function answerTo(path: string): Promise<string> {
  const opened = await openNested(readFileSync(path), packageLimits(Budgets.parse({})));
  if (opened.kind === 'refused') return opened.refusal.code;
  const reasons = new Set<string>();
  for (const entry of opened.entries) {
    try {
      for await (const chunk of opened.read(entry)) expect(chunk.length).toBeGreaterThan(0);
    } catch (error) {
      if (!(error instanceof EntryCorrupt)) throw error;
      expect(error.path).toBe(entry.path);
      reasons.add(error.reason);
    }
  }
  return reasons.size === 0 ? 'sound' : [...reasons].join(' ');
}

(present ? describe : describe.skip)('[Z-001 I18] archives of others', () => {
  it('are all in the table', () => {
    expect(files.map(({ name }) => name).sort()).toEqual([...expected.keys()].sort());
  });

  it.each(files)('$name', async ({ name, path }) => {
    const before = process.memoryUsage().rss;
    const begun = performance.now();
    expect(await answerTo(path)).toBe(expected.get(name));
    expect(performance.now() - begun).toBeLessThan(answerMsMax);
    expect(process.memoryUsage().rss - before).toBeLessThan(memoryBytesMax);
  });

  it.each(['azkaban-helper-template.xlsx', 'dolphinscheduler-template-v1.4.xlsx'])('%s passes the guard of spreadsheets', async (file) => {
    const opened = await openNested(readFileSync(join(corpora, 'excel', file)));
    if (opened.kind === 'refused') throw new Error(opened.refusal.code);
    expect(opened.entry('xl/workbook.xml')?.kind).toBe('file');
    for (const entry of opened.entries) expect((await opened.readBytes(entry, 1 << 24)).length).toBe(entry.size);
  });
});
