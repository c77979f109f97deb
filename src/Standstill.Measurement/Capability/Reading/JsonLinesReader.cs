using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>METR's run-level form: one JSON object a line. Fields that no estimate uses are passed over.</summary>
/// <remarks>NaN, which Python writes for what is missing, is read as null.</remarks>
internal static class JsonLinesReader
{
    public static void Read(TextLines lines, RunFileReader reader)
    {
        var raw = new RawRow();
        var names = new NameTable();
        var finite = new FiniteJson();
        var rewritten = new ArrayBufferWriter<byte>();
        string Place() => $"line {lines.Number.ToString(CultureInfo.InvariantCulture)}";

        while (lines.TryRead(out var line))
        {
            if (lines.IsTooLong)
            {
                reader.Fault(Place(), new FigureFault("line", "it is longer than 1 MiB", "write one run a line, without its transcript"));
                continue;
            }

            if (line.Trim(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            if (!Utf8.IsValid(line))
            {
                reader.Fault(Place(), new FigureFault("line", "it is not UTF-8", "save the file as UTF-8"));
                continue;
            }

            var fault = Parse(line, raw, names);
            if (fault == NotJson)
            {
                rewritten.ResetWrittenCount();
                finite.Write(line, rewritten);
                finite.End(rewritten);
                fault = Parse(rewritten.WrittenSpan, raw, names);
            }

            if (fault is null)
            {
                reader.Add(Place, lines.Number, raw);
            }
            else
            {
                reader.Fault(Place(), fault);
            }
        }
    }

    private static FigureFault NotJson { get; } = new("line", "it is not JSON", "write each run as one JSON object in UTF-8");

    private static FigureFault? Parse(ReadOnlySpan<byte> line, RawRow raw, NameTable names)
    {
        raw.Clear();
        var json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 64 });
        var seen = 0;
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return new FigureFault("line", "it is not a JSON object", "write each run as `{\"task_id\": …}` on a line of its own");
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (Field(ref json) is not { } field)
                {
                    json.Read();
                    json.Skip();
                    continue;
                }

                if ((seen & (1 << (int)field)) != 0)
                {
                    return new FigureFault(Name(field), "it stands twice in one row", "keep one");
                }

                seen |= 1 << (int)field;
                json.Read();
                if (Take(ref json, field, raw, names) is { } fault)
                {
                    return fault;
                }
            }

            return json.Read() ? new FigureFault("line", "something follows the object", "write one run a line") : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader throws InvalidOperationException for a string that has half of a surrogate pair.
            return NotJson;
        }
    }

    private static RunField? Field(ref Utf8JsonReader json)
    {
        // Most fields of a row are not read: their length alone tells.
        foreach (var field in json.ValueIsEscaped ? RunFields.All : RunFields.OfLength(json.ValueSpan.Length))
        {
            if (json.ValueTextEquals(RunFields.Utf8Name(field)))
            {
                return field;
            }
        }

        return null;
    }

    private static FigureFault? Take(ref Utf8JsonReader json, RunField field, RawRow raw, NameTable names)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (field == RunField.Alleged)
        {
            raw.Alleged = json.TokenType == JsonTokenType.True;
            return json.TokenType is JsonTokenType.True or JsonTokenType.False
                ? null
                : new FigureFault(Name(field), "it is neither true nor false", "write true, false or null");
        }

        if (RunFields.IsNumber(field))
        {
            switch (json.TokenType)
            {
                case JsonTokenType.Number:
                    RunFields.Set(raw, field, json.GetDouble());
                    return null;
                case JsonTokenType.True or JsonTokenType.False when field == RunField.Score:
                    RunFields.Set(raw, field, json.TokenType == JsonTokenType.True ? 1 : 0);
                    return null;
                case JsonTokenType.String:
                    return new FigureFault(Name(field), $"`{RawRow.Shown(json.GetString()!)}` is not a number", "write a JSON number, or null");
                default:
                    json.Skip();
                    return new FigureFault(Name(field), "it is not a number", "write a JSON number, or null");
            }
        }

        switch (json.TokenType)
        {
            case JsonTokenType.String:
                RunFields.Set(raw, field, field == RunField.RunId ? json.GetString()! : names.Read(ref json));
                return null;
            case JsonTokenType.Number when field == RunField.RunId:
                RunFields.Set(raw, field, System.Text.Encoding.UTF8.GetString(json.ValueSpan));
                return null;
            default:
                json.Skip();
                return new FigureFault(Name(field), "it is not a string", "write a JSON string, or null");
        }
    }

    private static string Name(RunField field) => RunFields.Name(field);
}
