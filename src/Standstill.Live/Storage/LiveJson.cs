using System.Text.Json;
using System.Text.Json.Serialization;
using Standstill.Measurement.Accounting;
using Standstill.Protocol;
using Standstill.Protocol.Balances;

namespace Standstill.Live.Storage;

/// <summary>The one JSON form of the records: in the store, between silos, and in answers. Doubles are written with the shortest digits
/// that read back as the same double, so that a book survives the journey to the bit.</summary>
internal static class LiveJson
{
    /// <summary>Names in camel case, quantities as numbers, names of things as text.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>The JSON of a value.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>The value of a JSON that this class wrote.</summary>
    /// <exception cref="JsonException">It did not.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize<T>(utf8, Options) ?? throw new JsonException("null in the place of a value");

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            // What is not a number is for the area's rules to refuse, in their words; HTTP's reader lets none in.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Converters =
            {
                new ChipHoursJson(),
                new TextJson<PartyId>(text => new PartyId(text)),
                new TextJson<FacilityId>(text => new FacilityId(text)),
                new TextJson<AreaKey>(text => AreaKey.TryParse(text, out var key) ? key : throw new JsonException($"`{text}` is not an area")),
                new JsonStringEnumConverter<BalanceTest>(JsonNamingPolicy.KebabCaseLower),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class ChipHoursJson : JsonConverter<ChipHours>
    {
        public override ChipHours Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, ChipHours value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }

    private sealed class TextJson<T>(Func<string, T> read) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
