using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Standstill.Protocol.Statements;

/// <summary>One field of a statement's body, as the documentation lists it.</summary>
/// <param name="Path">Where it stands: `admission[].kind`.</param>
/// <param name="Type">What it is: `text`, `whole number`, `list of objects`…</param>
/// <param name="Unit">The unit of a number, or empty.</param>
/// <param name="Bounds">What is accepted.</param>
/// <param name="Required">Whether it may be left out.</param>
/// <param name="Meaning">What it says.</param>
public sealed record FieldDescription(string Path, string Type, string Unit, string Bounds, bool Required, string Meaning);

/// <summary>
/// The fields of one JSON object. A body is read by one function over this type, and the same function, run over no
/// object at all, lists the fields for the documentation: what is accepted and what is documented cannot part.
/// </summary>
/// <remarks>Every fault is recorded and reading goes on with a harmless value, so that one answer names them all.
/// Unknown fields are ignored.</remarks>
public sealed class Fields
{
    private readonly JsonElement? source;
    private readonly string path;
    private readonly List<Fault> faults;
    private readonly List<FieldDescription>? descriptions;

    private Fields(JsonElement? source, string path, List<Fault> faults, List<FieldDescription>? descriptions)
    {
        this.source = source;
        this.path = path;
        this.faults = faults;
        this.descriptions = descriptions;
    }

    /// <summary>Reads an object by a shape.</summary>
    public static Parsed<T> Read<T>(JsonElement json, string path, Func<Fields, T> shape)
        where T : class
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Parsed<T>.Bad(path, "not a JSON object", "send an object with the fields that the protocol documents");
        }

        var found = new List<Fault>();
        var value = shape(new Fields(json, path, found, null));
        return found.Count == 0 ? Parsed<T>.Good(value) : Parsed<T>.Bad([.. found]);
    }

    /// <summary>Lists the fields that a shape reads.</summary>
    public static ImmutableArray<FieldDescription> Describe<T>(Func<Fields, T> shape)
    {
        var listed = new List<FieldDescription>();
        _ = shape(new Fields(null, "", [], listed));
        return [.. listed];
    }

    /// <summary>A text of one or more lines, at most <paramref name="max"/> characters, without control characters but line feeds.</summary>
    public string Text(string name, int max, string meaning, int min = 1) =>
        TextAt(name, max, min, true, meaning) ?? "";

    /// <summary>A text that may be left out.</summary>
    public string? TextOrNull(string name, int max, string meaning) => TextAt(name, max, 1, false, meaning);

    /// <summary>A party's name.</summary>
    public PartyId Party(string name, string meaning) => new(SlugAt(name, "party", true, meaning)!);

    /// <summary>A party's name that may be left out.</summary>
    public PartyId? PartyOrNull(string name, string meaning) => SlugAt(name, "party", false, meaning) is { } slug ? new PartyId(slug) : null;

    /// <summary>A name of the <see cref="Slug"/> form.</summary>
    public string Name(string name, string of, string meaning) => SlugAt(name, of, true, meaning)!;

    /// <summary>A name of the <see cref="Slug"/> form that may be left out.</summary>
    public string? NameOrNull(string name, string of, string meaning) => SlugAt(name, of, false, meaning);

    /// <summary>A digest.</summary>
    public Digest Digest(string name, string meaning) => DigestAt(name, true, meaning) ?? Protocol.Digest.Of([]);

    /// <summary>A digest that may be left out.</summary>
    public Digest? DigestOrNull(string name, string meaning) => DigestAt(name, false, meaning);

    /// <summary>A public key.</summary>
    public PartyKey Key(string name, string meaning)
    {
        Describe(name, "key", "", $"`{PartyKey.Prefix}` and 64 hexadecimal digits", true, meaning);
        return StringAt(name, true) is not { } text ? PlaceholderKey
            : PartyKey.TryParse(text, out var key) ? key
            : Refuse(name, $"`{Shown(text)}` is not a key", $"write `{PartyKey.Prefix}` and 64 lower-case hexadecimal digits", PlaceholderKey);
    }

    /// <summary>One of the names of an enumeration, written in lower case with dashes.</summary>
    /// <param name="name">The field.</param>
    /// <param name="meaning">What it says.</param>
    /// <param name="except">Values that it cannot have: those that later versions have added.</param>
    public T Choice<T>(string name, string meaning, params ImmutableArray<T> except)
        where T : struct, Enum
    {
        var names = Enum.GetValues<T>().Except(except).Select(v => (Value: v, Name: Words.Of(v))).ToArray();
        var list = string.Join(", ", names.Select(n => $"`{n.Name}`"));
        Describe(name, "one of", "", list, true, meaning);
        if (StringAt(name, true) is not { } text)
        {
            return default;
        }

        var found = Array.FindIndex(names, n => n.Name == text);
        return found >= 0 ? names[found].Value : Refuse(name, $"`{Shown(text)}` is not one of its values", $"use one of {list}", default(T));
    }

    /// <summary>Several of the names of an enumeration, at least one, each once.</summary>
    public ImmutableArray<T> Choices<T>(string name, string meaning)
        where T : struct, Enum
    {
        var texts = TextsAt(name, "list of names", 1, Enum.GetValues<T>().Length, string.Join(", ", Enum.GetValues<T>().Select(v => $"`{Words.Of(v)}`")), true, meaning);
        var values = new List<T>();
        foreach (var text in texts)
        {
            var found = Enum.GetValues<T>().Where(v => Words.Of(v) == text).ToArray();
            if (found.Length == 0 || values.Contains(found[0]))
            {
                Refuse(name, $"`{Shown(text)}` is unknown or stands there twice", "name each value once", 0);
            }
            else
            {
                values.Add(found[0]);
            }
        }

        return [.. values];
    }

    /// <summary>A list of texts.</summary>
    public ImmutableArray<string> Texts(string name, int maxItems, int maxLength, string meaning)
    {
        var texts = TextsAt(name, "list of texts", 0, maxItems, $"at most {maxItems} of at most {maxLength} characters", false, meaning);
        foreach (var text in texts.Where(t => t.Length > maxLength || HasControl(t)))
        {
            Refuse(name, $"`{Shown(text)}` is too long or has control characters", $"keep each within {maxLength} printable characters", 0);
        }

        return texts;
    }

    /// <summary>A whole number in [min, max].</summary>
    public long Whole(string name, long min, long max, string unit, string meaning)
    {
        Describe(name, "whole number", unit, $"{min} to {max}", true, meaning);
        return ValueAt(name, true) is not { } value ? min
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max ? number
            : Refuse(name, $"`{Shown(value)}` is not a whole number from {min} to {max}", "send a number within its bounds", min);
    }

    /// <summary>A whole number in [min, max] that may be left out.</summary>
    public long? WholeOrNull(string name, long min, long max, string unit, string meaning)
    {
        Describe(name, "whole number", unit, $"{min} to {max}", false, meaning);
        return ValueAt(name, false) is not { } value ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max ? number
            : Refuse(name, $"`{Shown(value)}` is not a whole number from {min} to {max}", "send a number within its bounds", (long?)null);
    }

    /// <summary>A finite number in [min, max].</summary>
    public double Number(string name, double min, double max, string unit, string meaning) =>
        NumberAt(name, min, max, unit, true, meaning) ?? min;

    /// <summary>A finite number in [min, max] that may be left out.</summary>
    public double? NumberOrNull(string name, double min, double max, string unit, string meaning) =>
        NumberAt(name, min, max, unit, false, meaning);

    /// <summary>True or false; false when left out.</summary>
    public bool Flag(string name, string meaning)
    {
        Describe(name, "true or false", "", "false when left out", false, meaning);
        return ValueAt(name, false) is { } value
            && (value.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? value.GetBoolean()
                : Refuse(name, $"`{Shown(value)}` is neither true nor false", "send true or false", false));
    }

    /// <summary>True or false, never left out: for what must not be decided by a slip of the pen.</summary>
    public bool Decision(string name, string meaning)
    {
        Describe(name, "true or false", "", "", true, meaning);
        return ValueAt(name, true) is { } value
            && (value.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? value.GetBoolean()
                : Refuse(name, $"`{Shown(value)}` is neither true nor false", "send true or false", false));
    }

    /// <summary>A calendar date.</summary>
    public DateOnly Date(string name, string meaning)
    {
        Describe(name, "date", "", "`2026-03-05`, from 1990-01-01 to 2199-12-31", true, meaning);
        return StringAt(name, true) is not { } text ? EarliestDate
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                && date >= EarliestDate && date < new DateOnly(2200, 1, 1) ? date
            : Refuse(name, $"`{Shown(text)}` is not a date", "write it as `2026-03-05`", EarliestDate);
    }

    /// <summary>A time in UTC.</summary>
    public DateTimeOffset Time(string name, string meaning)
    {
        Describe(name, "time", "", "UTC, `2026-03-05T14:00:00Z`, at most milliseconds", true, meaning);
        return StringAt(name, true) is not { } text ? UtcTime.Earliest
            : UtcTime.TryParse(text, out var time) ? time
            : Refuse(name, $"`{Shown(text)}` is not a time in UTC", "write it as `2026-03-05T14:00:00Z`", UtcTime.Earliest);
    }

    /// <summary>An object with a shape of its own.</summary>
    public T? ObjectOrNull<T>(string name, string meaning, Func<Fields, T> shape)
        where T : class => ObjectAt(name, false, meaning, shape);

    /// <summary>An object with a shape of its own.</summary>
    public T Object<T>(string name, string meaning, Func<Fields, T> shape)
        where T : class => ObjectAt(name, true, meaning, shape) ?? shape(Nowhere());

    /// <summary>A list of objects with one shape.</summary>
    public ImmutableArray<T> List<T>(string name, int min, int max, string meaning, Func<Fields, T> shape)
    {
        Describe(name, "list of objects", "", $"{min} to {max}", min > 0, meaning);
        if (descriptions is not null)
        {
            _ = shape(new Fields(null, Path(name) + "[].", faults, descriptions));
            return [];
        }

        if (ValueAt(name, min > 0) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < min || value.GetArrayLength() > max)
        {
            return Refuse(name, $"not a list of {min} to {max} objects", "send that many", ImmutableArray<T>.Empty);
        }

        var items = ImmutableArray.CreateBuilder<T>(value.GetArrayLength());
        foreach (var (item, index) in value.EnumerateArray().Select((item, index) => (item, index)))
        {
            var place = $"{Path(name)}[{index}]";
            if (item.ValueKind == JsonValueKind.Object)
            {
                items.Add(shape(new Fields(item, place, faults, null)));
            }
            else
            {
                faults.Add(new Fault(place, "not a JSON object", "send an object"));
            }
        }

        return items.ToImmutable();
    }

    /// <summary>Whether every field so far is good. What holds across fields is worth asking only then: one that was refused has a harmless
    /// value in its place.</summary>
    public bool IsGood => faults.Count == 0;

    /// <summary>Records a fault when a condition across fields does not hold.</summary>
    public void Require(bool holds, string name, string message, string remedy)
    {
        if (!holds && source is not null)
        {
            Refuse(name, message, remedy, 0);
        }
    }

    /// <summary>Takes over the faults of a text in a language of its own; null where there are any.</summary>
    public T? Meaning<T>(string name, Parsed<T> parsed)
        where T : class
    {
        foreach (var fault in parsed.Faults)
        {
            Require(false, name, fault.Place.Length == 0 ? fault.Message : $"{fault.Place}: {fault.Message}", fault.Remedy);
        }

        return parsed.Value;
    }

    private static DateOnly EarliestDate => new(1990, 1, 1);

    private static PartyKey PlaceholderKey => PartyKey.FromBytes(new byte[32]);

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) && c != '\n')
            {
                return true;
            }
        }

        return false;
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..57] + "…";

    private static string Shown(JsonElement value) => Shown(value.GetRawText());

    private Fields Nowhere() => new(null, path, [], null);

    private T? ObjectAt<T>(string name, bool required, string meaning, Func<Fields, T> shape)
        where T : class
    {
        Describe(name, "object", "", "", required, meaning);
        if (descriptions is not null)
        {
            return shape(new Fields(null, Path(name) + ".", faults, descriptions));
        }

        return ValueAt(name, required) is not { } value ? null
            : value.ValueKind == JsonValueKind.Object ? shape(new Fields(value, Path(name), faults, null))
            : Refuse(name, $"`{Shown(value)}` is not an object", "send an object", (T?)null);
    }

    private string? TextAt(string name, int max, int min, bool required, string meaning)
    {
        Describe(name, "text", "", $"{min} to {max} characters", required, meaning);
        return StringAt(name, required) is not { } text ? null
            : text.Length > max || text.Length < min ? Refuse(name, $"{text.Length} characters", $"keep it within {min} to {max}", (string?)null)
            : HasControl(text) ? Refuse(name, "has control characters", "use printable characters and line feeds", (string?)null)
            : text.Trim().Length == 0 && min > 0 ? Refuse(name, "only white space", "write something", (string?)null)
            : text;
    }

    private string? SlugAt(string name, string of, bool required, string meaning)
    {
        Describe(name, of, "", Slug.Rule, required, meaning);
        return StringAt(name, required) is not { } text ? (required ? "x" : null)
            : Slug.IsGood(text) ? text
            : Refuse(name, $"`{Shown(text)}` is not a name", $"use {Slug.Rule}", required ? "x" : null);
    }

    private Digest? DigestAt(string name, bool required, string meaning)
    {
        Describe(name, "digest", "", "SHA-256, 64 lower-case hexadecimal digits", required, meaning);
        return StringAt(name, required) is not { } text ? null
            : Protocol.Digest.TryParse(text, out var digest) ? digest
            : Refuse(name, $"`{Shown(text)}` is not a SHA-256 digest", "write 64 lower-case hexadecimal digits", (Digest?)null);
    }

    private double? NumberAt(string name, double min, double max, string unit, bool required, string meaning)
    {
        Describe(name, "number", unit, $"{Json.CanonicalJson.Number(min)} to {Json.CanonicalJson.Number(max)}", required, meaning);
        return ValueAt(name, required) is not { } value ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max ? number
            : Refuse(name, $"`{Shown(value)}` is not a number from {Json.CanonicalJson.Number(min)} to {Json.CanonicalJson.Number(max)}", "send a number within its bounds", (double?)null);
    }

    private ImmutableArray<string> TextsAt(string name, string type, int min, int max, string bounds, bool required, string meaning)
    {
        Describe(name, type, "", bounds, required, meaning);
        if (ValueAt(name, required) is not { } value)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() >= min && value.GetArrayLength() <= max
            && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(v => v.GetString()!)]
            : Refuse(name, $"not a list of {min} to {max} texts", "send that many", ImmutableArray<string>.Empty);
    }

    private string? StringAt(string name, bool required) =>
        ValueAt(name, required) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : Refuse(name, $"`{Shown(value)}` is not a text", "send a JSON string", (string?)null);

    private JsonElement? ValueAt(string name, bool required)
    {
        if (source is not { } json)
        {
            return null;
        }

        if (json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            return value;
        }

        return required ? Refuse(name, "missing", "add this field", (JsonElement?)null) : null;
    }

    private string Path(string name) => path.Length == 0 || path[^1] == '.' ? path + name : path + "." + name;

    private T Refuse<T>(string name, string message, string remedy, T instead)
    {
        faults.Add(new Fault(Path(name), message, remedy));
        return instead;
    }

    private void Describe(string name, string type, string unit, string bounds, bool required, string meaning) =>
        descriptions?.Add(new FieldDescription(Path(name), type, unit, bounds, required, meaning));
}

/// <summary>Names of enumeration values as statements write them: `PanelMember` is `panel-member`.</summary>
public static class Words
{
    /// <summary>The name of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var text = new StringBuilder();
        foreach (var c in value.ToString())
        {
            _ = char.IsUpper(c) && text.Length > 0 ? text.Append('-') : text;
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
