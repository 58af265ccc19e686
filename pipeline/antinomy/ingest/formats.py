"""Endings of file names -> the reader of each known format, or what to do about an unknown one."""

# Suffix -> name of the format, and the reader as module:function, imported when first needed.
READERS: dict[str, tuple[str, str]] = {
    ".txt": ("text", "text_file:read_text"),
    ".text": ("text", "text_file:read_text"),
    ".md": ("markdown", "markdown_file:read_markdown"),
    ".markdown": ("markdown", "markdown_file:read_markdown"),
    ".docx": ("docx", "docx_file:read_docx"),
    ".odt": ("odt", "odt_file:read_odt"),
    ".rtf": ("rtf", "rtf_file:read_rtf"),
    ".pdf": ("pdf", "pdf_file:read_pdf"),
    ".html": ("html", "html_file:read_html"),
    ".htm": ("html", "html_file:read_html"),
    ".xhtml": ("html", "html_file:read_html"),
    ".vtt": ("vtt", "subtitles:read_vtt"),
    ".srt": ("srt", "subtitles:read_srt"),
    ".csv": ("csv", "table_file:read_csv"),
    ".tsv": ("tsv", "table_file:read_csv"),
    ".xlsx": ("xlsx", "table_file:read_xlsx"),
    ".xlsm": ("xlsx", "table_file:read_xlsx"),
    ".json": ("json", "json_file:read_json"),
    ".jsonl": ("jsonl", "json_file:read_json"),
    ".ndjson": ("jsonl", "json_file:read_json"),
}
# Formats whose content always shows what it is; without that, the file may still be text.
SELF_EVIDENT = frozenset({"docx", "odt", "rtf", "pdf", "xlsx"})

_SPEECH = "Recordings have to be transcribed first; give the transcript, for example as .vtt or .docx."
REMEDIES: dict[str, str] = {
    ".doc": "Open it in Word or LibreOffice and save it as .docx.",
    ".dot": "Open it in Word or LibreOffice and save it as .docx.",
    ".pages": "Open it in Pages and export it as Word (.docx).",
    ".wpd": "Open it in LibreOffice and save it as .docx.",
    ".xls": "Open it in Excel or LibreOffice and save it as .xlsx or .csv.",
    ".ods": "Open it in LibreOffice and save it as .xlsx or .csv.",
    ".numbers": "Open it in Numbers and export it as .xlsx or .csv.",
    ".ppt": "Export the slides as .pdf.",
    ".pptx": "Export the slides as .pdf.",
    ".key": "Export the slides as .pdf.",
    ".epub": "Convert it to .html or .docx.",
    ".qdpx": "Unpack it (it is a .zip) and give the texts in its folder 'sources'.",
    **dict.fromkeys((".mp3", ".wav", ".m4a", ".ogg", ".flac", ".aac", ".mp4", ".mov", ".mkv", ".webm"), _SPEECH),
}
