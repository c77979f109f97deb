using System.Collections.Immutable;
using Standstill.Meter.Store;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Closing;

/// <summary>The challenges that the meter has to answer, in the folder `challenges` of its data directory. While one is open, retention leaves the period's
/// chunks alone: all of them, since the draw follows from a checkpoint that may still be to come.</summary>
public sealed class OpenChallenges
{
    private readonly string _root;
    private readonly ClosedPeriods _closed;
    private readonly SortedDictionary<string, Challenge> _open = new(StringComparer.Ordinal);
    private readonly HashSet<(string Area, long FromMs)> _held = [];

    /// <summary>Reads what is open.</summary>
    /// <exception cref="InvalidDataException">A file is not what the meter wrote.</exception>
    public OpenChallenges(string dataDirectory, ClosedPeriods closed)
    {
        _closed = closed;
        _root = Path.Combine(Path.GetFullPath(dataDirectory), "challenges");
        Durable.MakeDirectory(_root);
        foreach (var file in Directory.EnumerateFiles(_root, "*.json").Order(StringComparer.Ordinal))
        {
            var challenge = Challenge.Read(File.ReadAllBytes(file)).Value ?? throw new InvalidDataException($"`{file}` is no challenge: restore it from a copy");
            _open[challenge.Id] = challenge;
        }

        Hold();
    }

    /// <summary>The open challenges, by name.</summary>
    public IEnumerable<Challenge> All => _open.Values;

    /// <summary>Puts a challenge on record, durably, so that what it may ask for stays. Refused when its period is not one of this meter's.</summary>
    public Fault? Add(Challenge challenge)
    {
        if (_closed.PlaceOf(challenge.Period) is null)
        {
            return new Fault("period", $"no closed period has the digest `{challenge.Period}`", "challenge a digest that this meter signed");
        }

        if (_open.TryGetValue(challenge.Id, out var other))
        {
            return other == challenge ? null : new Fault("challenge", $"another challenge is called `{challenge.Id}`", "give each challenge a name of its own");
        }

        var path = PathOf(challenge);
        File.WriteAllBytes(path + ".new", challenge.ToJson());
        Durable.Place(path + ".new", path);
        _open[challenge.Id] = challenge;
        Hold();
        return null;
    }

    /// <summary>Takes an answered or withdrawn challenge off.</summary>
    public void Settle(string id)
    {
        if (_open.Remove(id, out var challenge))
        {
            File.Delete(PathOf(challenge));
            Hold();
        }
    }

    /// <summary>Whether an open challenge may ask for a chunk: what <see cref="MeterStore.Retire"/> asks.</summary>
    public bool Needs(Chunk chunk) => _held.Contains((chunk.Area, chunk.PeriodFromMs));

    private void Hold()
    {
        _held.Clear();
        _held.UnionWith(_open.Values.Select(c => _closed.PlaceOf(c.Period)).OfType<(string, long)>());
    }

    // The name is anybody's text: its hash is a file name everywhere.
    private string PathOf(Challenge challenge) => Path.Combine(_root, Digest.Of(System.Text.Encoding.UTF8.GetBytes(challenge.Id)).Hex + ".json");
}
