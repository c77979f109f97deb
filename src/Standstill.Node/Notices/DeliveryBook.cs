using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Ledger;
using Standstill.Protocol;
using Standstill.Protocol.Json;

namespace Standstill.Node.Notices;

/// <summary>How far each subscription has been told, in the file `DIR/notices.json`, which survives the loss of power.</summary>
/// <remarks>INVARIANT (told): a place is written after what stands before it was delivered. So a kill makes a notice come twice at worst,
/// and never not at all. What is to be told is derived from the ledger, and nowhere kept.</remarks>
internal sealed class DeliveryBook
{
    private readonly Lock turn = new();
    private readonly string file;
    private readonly Digest registry;
    private ImmutableSortedDictionary<string, NoticePosition> places;

    private DeliveryBook(string file, Digest registry, ImmutableSortedDictionary<string, NoticePosition> places)
    {
        this.file = file;
        this.registry = registry;
        this.places = places;
    }

    /// <summary>Opens the book. A subscription that it does not know is told from here on; one that is no longer asked for is forgotten.</summary>
    /// <exception cref="InvalidDataException">The file is not what this wrote, or belongs to another registry.</exception>
    public static DeliveryBook Open(string file, World world, IEnumerable<string> subscriptions)
    {
        var known = File.Exists(file) ? Read(file, world.Registry!.Value) : ImmutableSortedDictionary.Create<string, NoticePosition>(StringComparer.Ordinal);
        var book = new DeliveryBook(file, world.Registry!.Value, subscriptions.ToImmutableSortedDictionary(
            s => s, s => known.TryGetValue(s, out var place) ? place : NoticePosition.After(world), StringComparer.Ordinal));
        book.Write();
        return book;
    }

    /// <summary>The place up to which a subscription has been told.</summary>
    public NoticePosition this[string subscription] => places[subscription];

    /// <summary>Records durably that a subscription has been told up to a place, that one included.</summary>
    public void Told(string subscription, NoticePosition place)
    {
        lock (turn)
        {
            places = places.SetItem(subscription, place);
            Write();
        }
    }

    private void Write()
    {
        var document = new JsonObject
        {
            ["registry"] = registry.Hex,
            ["told"] = new JsonObject(places.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, new JsonObject
            {
                ["time"] = p.Value.Time.UtcTicks,
                ["entry"] = p.Value.Entry,
                ["pact"] = p.Value.Pact.Value,
                ["ordinal"] = p.Value.Ordinal,
                ["due"] = p.Value.Due,
            }))),
        };
        var scratch = file + ".next";
        using (var stream = new FileStream(scratch, FileMode.Create, FileAccess.Write))
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(document));
            stream.Flush(flushToDisk: true);
        }

        File.Move(scratch, file, overwrite: true);
        DurableDirectory.FlushDirectory(Path.GetDirectoryName(file)!);
    }

    private static ImmutableSortedDictionary<string, NoticePosition> Read(string file, Digest registry)
    {
        try
        {
            if (!StrictJson.TryParse(File.ReadAllBytes(file), out var json, out _))
            {
                throw new FormatException();
            }

            if (json.GetProperty("registry").GetString() != registry.Hex)
            {
                throw new InvalidDataException($"`{file}` belongs to another registry; put the right one in its place, or remove it: every subscription is then told from here on");
            }

            return json.GetProperty("told").EnumerateObject().ToImmutableSortedDictionary(
                p => p.Name,
                p => new NoticePosition(
                    new DateTimeOffset(p.Value.GetProperty("time").GetInt64(), TimeSpan.Zero),
                    p.Value.GetProperty("entry").GetInt64(),
                    p.Value.GetProperty("pact").GetString() is { } pact ? new PactId(pact) : default,
                    p.Value.GetProperty("ordinal").GetInt32(),
                    p.Value.GetProperty("due").GetString()!),
                StringComparer.Ordinal);
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"`{file}` is damaged; restore it, or remove it: every subscription is then told from here on", e);
        }
    }
}
