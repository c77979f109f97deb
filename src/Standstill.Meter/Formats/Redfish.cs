using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Formats;

/// <summary>What one document of a Redfish service says.</summary>
/// <param name="Readings">Power and energy, see <see cref="Redfish"/>.</param>
/// <param name="Links">Documents to read next, as paths: the chassis' sensors, power and environment.</param>
/// <param name="Rejected">What was not taken, counted by kind.</param>
/// <param name="Within">Where the document is a chassis within another: the names of both.</param>
public sealed record RedfishDocument(
    ImmutableArray<Reading> Readings, ImmutableArray<string> Links, DeadLetterTally Rejected, (string Chassis, string Outer)? Within = null);

/// <summary>Reads power and energy from documents of DMTF Redfish (DSP0266; schemas Sensor, EnvironmentMetrics, Power, PowerSupplyMetrics): the meter's
/// second witness, which the accelerators' driver cannot speak for.</summary>
/// <remarks>
/// Readings are named <see cref="Power"/> and <see cref="Energy"/>, with the labels <c>chassis</c>, <c>id</c> (the document's <c>@odata.id</c>, and the place
/// within it) and <c>scope</c>: <c>chassis</c> for a whole chassis, <c>supply-input</c> and <c>supply-output</c> for a power supply, <c>part</c> for
/// anything inside. Only one scope may be added up, else watts count twice: <see cref="RedfishNodes"/> decides. Temperatures, fans and voltages are passed over. A reading that is null, or whose
/// status is not `Enabled`, is counted and not taken. A document has at most <see cref="DocumentBytes"/> bytes and 32 levels.
/// </remarks>
public static class Redfish
{
    /// <summary>Name of readings of power, watts.</summary>
    public const string Power = "redfish_power_watts";

    /// <summary>Name of readings of energy, kilowatt-hours: a counter.</summary>
    public const string Energy = "redfish_energy_kilowatt_hours";

    /// <summary>Bytes of a document at most.</summary>
    public const int DocumentBytes = 1024 * 1024;

    /// <summary>Characters of a path at most; a longer one is read as none.</summary>
    public const int PathLength = 1024;

    /// <summary>Elements of an array, and links, at most.</summary>
    public const int Elements = 4096;

    private static readonly DeadLetterKind TooLarge = new("redfish/too-large", "is a document of more than 1048576 bytes", "read a smaller resource");
    private static readonly DeadLetterKind NotJson = new("redfish/json", "is no JSON object of at most 32 levels with each name once", "check that the address is a Redfish service");
    private static readonly DeadLetterKind NullReading = new("redfish/null-reading", "has no reading at present", "check the sensor");
    private static readonly DeadLetterKind NotEnabled = new("redfish/not-enabled", "is a reading whose status is not `Enabled`", "check the sensor");
    private static readonly DeadLetterKind BadReading = new("redfish/reading", "has a reading that is no number from 0 to 1e12", "check the sensor");
    private static readonly DeadLetterKind BadUnit = new("redfish/unit", "has a unit that does not fit the type of its reading", "power is in W, energy in kW.h, W.h or J");

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Reads one document. Any bytes are read; nothing throws.</summary>
    public static RedfishDocument Read(ReadOnlyMemory<byte> json)
    {
        var rejected = new DeadLetterTally();
        if (json.Length > DocumentBytes)
        {
            rejected.Add(TooLarge, "", json.Span);
            return new RedfishDocument([], [], rejected);
        }
        if (json.Span.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                var reader = new Reader(document.RootElement, rejected);
                reader.Read();
                return new RedfishDocument(reader.Readings.DrainToImmutable(), reader.Links.DrainToImmutable(), rejected, reader.Within);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair, `"\ud800"`, parses as JSON and is no text: that is the InvalidOperationException.
            rejected = new DeadLetterTally();
        }
        rejected.Add(NotJson, "", json.Span);
        return new RedfishDocument([], [], rejected);
    }

    private sealed class Reader(JsonElement root, DeadLetterTally rejected)
    {
        // Each reading repeats it: a long one would be multiplied.
        private readonly string _id = Text(root, "@odata.id") is { Length: <= PathLength } id ? id : "";

        public ImmutableArray<Reading>.Builder Readings { get; } = ImmutableArray.CreateBuilder<Reading>();

        public ImmutableArray<string>.Builder Links { get; } = ImmutableArray.CreateBuilder<string>();

        public (string Chassis, string Outer)? Within { get; private set; }

        public void Read()
        {
            // `#Sensor.v1_6_0.Sensor`: the schema's name is what comes first.
            var type = Text(root, "@odata.type").TrimStart('#');
            switch (type.Split('.', 2)[0])
            {
                case "Sensor":
                    Sensor();
                    break;
                case "EnvironmentMetrics":
                    var scope = _id.Split('/') is [.., "Chassis", _, "EnvironmentMetrics"] ? "chassis" : "part";
                    Excerpt("PowerWatts", Power, 1, scope);
                    Excerpt("EnergykWh", Energy, 1, scope);
                    break;
                case "PowerSupplyMetrics":
                    Excerpt("InputPowerWatts", Power, 1, "supply-input");
                    Excerpt("OutputPowerWatts", Power, 1, "supply-output");
                    Excerpt("EnergykWh", Energy, 1, "supply-input");
                    break;
                case "Power":
                    OlderPower();
                    break;
                case "Chassis":
                    if (root.TryGetProperty(nameof(Links), out var links) && links.ValueKind == JsonValueKind.Object
                        && links.TryGetProperty("ContainedBy", out var outer) && outer.ValueKind == JsonValueKind.Object)
                    {
                        Within = (Chassis(_id), Chassis(Text(outer, "@odata.id")));
                    }
                    Link("EnvironmentMetrics");
                    Link("PowerSubsystem");
                    Link("Power");
                    Link("Sensors");
                    break;
                case "PowerSubsystem":
                    Link("PowerSupplies");
                    break;
                case "PowerSupply":
                    Link("Metrics");
                    break;
                case "ChassisCollection" or "SensorCollection" or "PowerSupplyCollection":
                    foreach (var (member, _) in Array(root, "Members"))
                    {
                        AddLink(Text(member, "@odata.id"));
                    }
                    break;
            }
        }

        private void Sensor()
        {
            var type = Text(root, "ReadingType");
            var (name, unit, scale) = type switch
            {
                "Power" => (Power, "W", 1.0),
                "EnergykWh" => (Energy, "kW.h", 1.0),
                "EnergyWh" => (Energy, "W.h", 1e-3),
                "EnergyJoules" => (Energy, "J", 1 / 3.6e6),
                _ => ("", "", 0.0),
            };
            if (name.Length == 0)
            {
                return;
            }
            if (Text(root, "ReadingUnits") is { Length: > 0 } units && units != unit)
            {
                rejected.Add(BadUnit, _id, units);
                return;
            }
            var scope = (Text(root, "PhysicalContext"), Text(root, "PhysicalSubContext")) switch
            {
                ("Chassis", _) => "chassis",
                ("PowerSupply", "Output") => "supply-output",
                ("PowerSupply", _) => "supply-input",
                _ => "part",
            };
            Take(root, "Reading", name, scale, scope, _id);
        }

        /// <summary>The schema Power, which PowerSubsystem replaces: most machines in use still have it.</summary>
        private void OlderPower()
        {
            foreach (var (control, place) in Array(root, "PowerControl"))
            {
                var context = Text(control, "PhysicalContext");
                Take(control, "PowerConsumedWatts", Power, 1, context is "" or "Chassis" or "Intake" ? "chassis" : "part", place);
            }
            foreach (var (supply, place) in Array(root, "PowerSupplies"))
            {
                Take(supply, "PowerInputWatts", Power, 1, "supply-input", place);
                Take(supply, "PowerOutputWatts", Power, 1, "supply-output", place);
            }
        }

        private void Excerpt(string property, string name, double scale, string scope)
        {
            if (root.TryGetProperty(property, out var excerpt) && excerpt.ValueKind == JsonValueKind.Object && IsEnabled(root, _id))
            {
                Take(excerpt, "Reading", name, scale, scope, _id + "#/" + property);
            }
        }

        private void Take(JsonElement of, string property, string name, double scale, string scope, string place)
        {
            // A power supply leaves out the properties that it does not measure. A sensor is there for its one reading: without it, its status says why.
            var there = of.TryGetProperty(property, out var reading);
            if ((!there && property != "Reading") || !IsEnabled(of, place) || !there)
            {
                return;
            }
            if (reading.ValueKind == JsonValueKind.Null)
            {
                rejected.Add(NullReading, place, property);
                return;
            }
            if (reading.ValueKind != JsonValueKind.Number || !reading.TryGetDouble(out var value) || !(value is >= 0 and <= 1e12))
            {
                rejected.Add(BadReading, place, reading.GetRawText());
                return;
            }
            Label[] labels = [new("chassis", Chassis(_id)), new("id", place), new("scope", scope)];
            Readings.Add(new Reading(name, [.. labels.Where(l => l.Value.Length > 0)], value * scale, Time(of)));
        }

        /// <summary>A slot without a part in it is `Absent`, which is no fault.</summary>
        private bool IsEnabled(JsonElement of, string place)
        {
            var state = of.TryGetProperty("Status", out var status) && status.ValueKind == JsonValueKind.Object ? Text(status, "State") : "";
            if (state is not ("" or "Enabled" or "Absent"))
            {
                rejected.Add(NotEnabled, place, state);
            }
            return state is "" or "Enabled";
        }

        private static long? Time(JsonElement of) =>
            DateTimeOffset.TryParse(Text(of, "ReadingTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time.ToUnixTimeMilliseconds()
                : null;

        /// <summary>The name of the chassis in the document's own path, `/redfish/v1/Chassis/1U/…`.</summary>
        private static string Chassis(string id)
        {
            var parts = id.Split('/');
            var at = System.Array.IndexOf(parts, "Chassis");
            return at >= 0 && at + 1 < parts.Length ? parts[at + 1] : "";
        }

        private IEnumerable<(JsonElement Element, string Place)> Array(JsonElement of, string property)
        {
            if (!of.TryGetProperty(property, out var array) || array.ValueKind != JsonValueKind.Array)
            {
                yield break;
            }
            var i = 0;
            foreach (var element in array.EnumerateArray())
            {
                if (i == Elements)
                {
                    yield break;
                }
                if (element.ValueKind == JsonValueKind.Object)
                {
                    yield return (element, string.Create(CultureInfo.InvariantCulture, $"{_id}#/{property}/{i}"));
                }
                i++;
            }
        }

        private void Link(string property)
        {
            if (root.TryGetProperty(property, out var link) && link.ValueKind == JsonValueKind.Object)
            {
                AddLink(Text(link, "@odata.id"));
            }
        }

        // Only paths of the same service: a document cannot send the meter elsewhere.
        private void AddLink(string path)
        {
            if (path.StartsWith("/redfish/", StringComparison.Ordinal) && path.Length <= PathLength && !path.Contains("..", StringComparison.Ordinal))
            {
                Links.Add(path);
            }
        }

        private static string Text(JsonElement of, string property) =>
            of.TryGetProperty(property, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
    }
}
