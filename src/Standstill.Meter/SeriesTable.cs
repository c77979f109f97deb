using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Standstill.Meter.Formats;

namespace Standstill.Meter;

/// <summary>The series that the meter knows, each with an id. Label bytes are looked up without a lock; new ones are added under it.</summary>
/// <remarks>Part of the hot path. The hash is keyed by chance, so that a sender cannot make series collide; ids do not depend on it.</remarks>
public sealed class SeriesTable
{
    /// <summary>Most series; more are refused, so that a source that invents labels cannot fill the memory.</summary>
    public const int MaximumSeries = 500_000;

    private readonly ulong _key = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1;
    private readonly Lock _adding = new();
    private readonly Dictionary<string, string> _texts = [];
    private volatile Slots _slots = new(1024);

    /// <summary>An empty table.</summary>
    /// <param name="areas">The rules in the order in which they are tried: the first that matches has the series.</param>
    /// <param name="unassignedPeriodMinutes">Length of a balance period of what no rule matches, minutes.</param>
    public SeriesTable(ImmutableArray<AreaRule> areas, int unassignedPeriodMinutes = 60) =>
        Areas = [.. areas, new AreaRule(AreaRule.Unassigned, [], unassignedPeriodMinutes)];

    /// <summary>The balance areas; the last is <see cref="AreaRule.Unassigned"/> and matches all.</summary>
    public ImmutableArray<AreaRule> Areas { get; }

    /// <summary>How many series there are: ids are below it.</summary>
    public int Count => _slots.Count;

    /// <summary>The series with an id.</summary>
    public Series this[int id]
    {
        get
        {
            var slots = _slots;
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)slots.Count, nameof(id));
            return slots.Series[id];
        }
    }

    /// <summary>The id of the series with these labels, added when it is not there.</summary>
    /// <param name="labels">The labels as a sender of remote write put them: see <see cref="LabelKey"/>.</param>
    /// <param name="id">Its id.</param>
    /// <param name="fault">What is wrong with the labels, when they are refused.</param>
    public bool TryIntern(ReadOnlySpan<byte> labels, out int id, [NotNullWhen(false)] out string? fault)
    {
        id = Find(_slots, labels, Hash(labels));
        if (id >= 0)
        {
            fault = null;
            return true;
        }

        return LabelKey.TryRead(labels, out var read, out fault) && TryInternOrdered(read, out id, out fault);
    }

    /// <summary>The id of the series with these labels in any order, the metric's name among them as `__name__`.</summary>
    public bool TryIntern(IEnumerable<Label> labels, out int id, [NotNullWhen(false)] out string? fault)
    {
        id = -1;
        return LabelKey.TryOrder(labels, out var ordered, out fault) && TryInternOrdered(ordered, out id, out fault);
    }

    private bool TryInternOrdered(ImmutableArray<Label> labels, out int id, [NotNullWhen(false)] out string? fault)
    {
        var key = LabelKey.Write(labels);
        var hash = Hash(key);
        lock (_adding)
        {
            id = Find(_slots, key, hash);
            fault = id < 0 && _slots.Count == MaximumSeries ? $"more than {MaximumSeries} series" : null;
            if (id < 0 && fault is null)
            {
                id = Add(labels, key, hash);
            }
        }

        return fault is null;
    }

    private int Add(ImmutableArray<Label> labels, byte[] key, uint hash)
    {
        var slots = _slots;
        if (slots.Count == slots.Series.Length)
        {
            _slots = slots = Grown(slots);
        }

        var id = slots.Count;
        var name = labels.First(l => l.Name == LabelKey.Name).Value;
        var subject = Dcgm.Accelerator.Of(labels)?.Key ?? (name == RedfishNodes.Power ? RedfishNodes.Subject(labels) : "");
        var area = 0;
        while (!Areas[area].Matches(labels))
        {
            area++;
        }

        slots.Series[id] = new Series(id, Once(name), Once(subject), area, key);
        slots.Publish(hash, id);
        return id;
    }

    // Ten thousand series have a few hundred names between them.
    private string Once(string text) => _texts.TryGetValue(text, out var held) ? held : _texts[text] = text;

    private Slots Grown(Slots slots)
    {
        var wider = new Slots(slots.Series.Length * 2);
        for (var id = 0; id < slots.Count; id++)
        {
            wider.Series[id] = slots.Series[id];
            wider.Publish(Hash(slots.Series[id].Key.Span), id);
        }

        return wider;
    }

    private static int Find(Slots slots, ReadOnlySpan<byte> key, uint hash)
    {
        for (var at = hash & slots.Mask; ; at = (at + 1) & slots.Mask)
        {
            var slot = Volatile.Read(ref slots.Table[at]);
            if (slot == 0)
            {
                return -1;
            }

            if ((uint)(slot >> 32) == hash)
            {
                var id = (int)(slot & uint.MaxValue) - 1;
                if (slots.Series[id].Key.Span.SequenceEqual(key))
                {
                    return id;
                }
            }
        }
    }

    // Multiply and fold, 16 bytes a step (after Wang Yi's wyhash): as fast as memory for keys of a few hundred bytes.
    private uint Hash(ReadOnlySpan<byte> key)
    {
        var state = _key ^ (ulong)key.Length;
        while (key.Length >= 16)
        {
            state = Fold(BinaryPrimitives.ReadUInt64LittleEndian(key) ^ state, BinaryPrimitives.ReadUInt64LittleEndian(key[8..]) ^ 0xa0761d6478bd642f);
            key = key[16..];
        }

        Span<byte> rest = stackalloc byte[16];
        rest.Clear();
        key.CopyTo(rest);
        state = Fold(BinaryPrimitives.ReadUInt64LittleEndian(rest) ^ state, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]) ^ 0xe7037ed1a0b428db);
        state = Fold(state ^ _key, 0x8ebc6af09c88c6e3);
        return unchecked((uint)(state >> 32));
    }

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    // INVARIANT (published): a slot is written after the series that it points to, so that a reader without the lock finds it whole.
    private sealed class Slots(int capacity)
    {
        private int _count;

        public ulong[] Table { get; } = new ulong[capacity * 2];

        public uint Mask => (uint)Table.Length - 1;

        public Series[] Series { get; } = new Series[capacity];

        public int Count => Volatile.Read(ref _count);

        public void Publish(uint hash, int id)
        {
            var at = hash & Mask;
            while (Table[at] != 0)
            {
                at = (at + 1) & Mask;
            }

            Volatile.Write(ref Table[at], ((ulong)hash << 32) | (uint)(id + 1));
            Volatile.Write(ref _count, id + 1);
        }
    }
}
