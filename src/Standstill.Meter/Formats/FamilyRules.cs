using System.Collections.Immutable;
using System.Text;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Formats;

/// <summary>What OpenMetrics asks of a document beyond its lines: metadata before samples and once, families and series together, times in order,
/// values that fit the type, whole histograms.</summary>
internal sealed class FamilyRules(DeadLetterTally rejected)
{
    private enum FamilyType { Unknown, Gauge, Counter, StateSet, Info, Histogram, GaugeHistogram, Summary }

    private readonly HashSet<string> _names = [];
    private readonly HashSet<ImmutableArray<Label>> _groups = new(LabelSets.Comparer);
    private readonly HashSet<(string, ImmutableArray<Label>)> _untimed = new(SeriesKeys.Comparer);

    private string? _family;
    private FamilyType _type;
    private ImmutableArray<string> _owned;
    private string _unit = "";
    private bool _typed, _united, _helped, _sampled, _settled;

    private ImmutableArray<Label> _group;
    private double? _groupTime;
    private Histogram _histogram = new();

    /// <summary>Whether a line that breaks a rule still says what it says: the rule is on the document as a whole.</summary>
    public static bool LeavesTheLineGood(DeadLetterKind kind) =>
        kind == TextFault.Clash || kind == TextFault.Grouping || kind == TextFault.TimeOrder || kind == TextFault.SampleTwice
        || kind == TextFault.ExemplarPlace || kind == TextFault.Buckets;

    public DeadLetterKind? Metadata(ReadOnlySpan<byte> line, long number)
    {
        var word = line.StartsWith("# TYPE "u8) ? 'T' : line.StartsWith("# HELP "u8) ? 'H' : line.StartsWith("# UNIT "u8) ? 'U' : ' ';
        if (word == ' ')
        {
            return TextFault.Comment;
        }
        var rest = line[7..];
        var space = rest.IndexOf((byte)' ');
        if (space <= 0 || !IsName(rest[..space]))
        {
            return TextFault.Metadata;
        }
        var name = Encoding.UTF8.GetString(rest[..space]);
        var text = rest[(space + 1)..];

        DeadLetterKind? clash = null;
        if (name != _family)
        {
            Close(number);
            Open(name);
        }
        else if (_sampled)
        {
            clash = TextFault.MetadataLate;
        }

        switch (word)
        {
            case 'T':
                if (Type(text) is not { } type)
                {
                    return TextFault.Metadata;
                }
                clash ??= _typed ? TextFault.MetadataTwice : null;
                if (!_typed)
                {
                    (_type, _typed, _owned) = (type, true, default);
                }
                break;
            case 'H':
                clash ??= _helped ? TextFault.MetadataTwice : null;
                _helped = true;
                break;
            default:
                clash ??= _united ? TextFault.MetadataTwice : null;
                _united = true;
                _unit = Encoding.UTF8.GetString(text);
                if (_unit.Length > 0 && !name.EndsWith("_" + _unit, StringComparison.Ordinal))
                {
                    clash ??= TextFault.Unit;
                }
                break;
        }
        return clash;
    }

    public DeadLetterKind? Sample(SeriesText.Series series, double value, double? time, bool exemplar, long number)
    {
        DeadLetterKind? fault = null;
        if (_family is null || !Names().Contains(series.Name))
        {
            Close(number);
            Open(series.Name);
        }
        if (!_settled && !Settle())
        {
            fault = TextFault.Clash;
        }
        _sampled = true;

        var suffix = series.Name.AsSpan(_family!.Length);
        if (!SuffixFits(suffix))
        {
            // `a` is the counter's own name, but its samples are `a_total` and `a_created`.
            return fault ?? TextFault.Clash;
        }
        if (GroupOf(series, suffix, out var le) is not { IsDefault: false } group)
        {
            return TextFault.TypeLabel;
        }
        if (!ValueFits(suffix, value))
        {
            return TextFault.TypeValue;
        }
        if (exemplar && !(_type == FamilyType.Counter && suffix is "_total") && suffix is not "_bucket")
        {
            fault ??= TextFault.ExemplarPlace;
        }

        if (_group.IsDefault || !LabelSets.Comparer.Equals(_group, group))
        {
            CloseGroup(number);
            if (!_groups.Add(group))
            {
                fault ??= TextFault.Grouping;
            }
            (_group, _groupTime) = (group, time);
        }
        else if (time is null != _groupTime is null || time < _groupTime)
        {
            return fault ?? TextFault.TimeOrder;
        }
        else if (time > _groupTime)
        {
            CloseHistogram(number);
            _groupTime = time;
        }

        if (time is null && !_untimed.Add((series.Name, series.Labels)))
        {
            fault ??= TextFault.SampleTwice;
        }
        return _histogram.Post(suffix, le, value) ? fault : fault ?? TextFault.Buckets;
    }

    public void End(long number) => Close(number);

    private void Open(string name)
    {
        _family = name;
        (_type, _unit, _owned) = (FamilyType.Unknown, "", default);
        _typed = _united = _helped = _sampled = _settled = false;
    }

    private void Close(long number)
    {
        CloseGroup(number);
        _groups.Clear();
        if (_family is null)
        {
            return;
        }
        if (!_settled && !Settle())
        {
            Reject(TextFault.Clash, number);
        }
        if (_unit.Length > 0 && _type is FamilyType.Info or FamilyType.StateSet)
        {
            Reject(TextFault.Unit, number);
        }
    }

    private void CloseGroup(long number)
    {
        CloseHistogram(number);
        _group = default;
        _untimed.Clear();
    }

    private void CloseHistogram(long number)
    {
        if (!_group.IsDefault && _type is FamilyType.Histogram or FamilyType.GaugeHistogram && !_histogram.IsWhole(_type == FamilyType.GaugeHistogram))
        {
            Reject(TextFault.Buckets, number);
        }
        _histogram = new Histogram();
    }

    private void Reject(DeadLetterKind kind, long number) => rejected.AddLine(kind, number, Encoding.UTF8.GetBytes(_family ?? ""));

    /// <summary>Takes the names that the family's samples may have; false when another family has one of them.</summary>
    private bool Settle()
    {
        _settled = true;
        var free = true;
        foreach (var name in Names())
        {
            free &= _names.Add(name);
        }
        return free;
    }

    // Asked for at every sample, made once for each family.
    private ImmutableArray<string> Names() => _owned.IsDefault ? _owned = Owned(_type, _family!) : _owned;

    private static ImmutableArray<string> Owned(FamilyType type, string name) => type switch
    {
        FamilyType.Counter => [name, name + "_total", name + "_created"],
        FamilyType.Histogram => [name, name + "_bucket", name + "_count", name + "_sum", name + "_created"],
        FamilyType.GaugeHistogram => [name, name + "_bucket", name + "_gcount", name + "_gsum"],
        FamilyType.Summary => [name, name + "_count", name + "_sum", name + "_created"],
        FamilyType.Info => [name, name + "_info"],
        _ => [name],
    };

    private bool SuffixFits(ReadOnlySpan<char> suffix) => suffix.IsEmpty
        ? _type is FamilyType.Unknown or FamilyType.Gauge or FamilyType.StateSet or FamilyType.Summary
        : true;

    /// <summary>The labels that name the series within its family, without <c>le</c>, <c>quantile</c> and the state; default when one is missing or bad.</summary>
    private ImmutableArray<Label> GroupOf(SeriesText.Series series, ReadOnlySpan<char> suffix, out double le)
    {
        le = 0;
        var own = suffix is "_bucket" ? "le"
            : _type == FamilyType.Summary && suffix.IsEmpty ? "quantile"
            : _type == FamilyType.StateSet ? _family!
            : null;
        if (own is null)
        {
            return series.Labels;
        }
        foreach (var label in series.Labels)
        {
            if (label.Name == own)
            {
                var fits = own switch
                {
                    "le" when _type != FamilyType.StateSet => Bound(label.Value, out le),
                    "quantile" when _type == FamilyType.Summary => Bound(label.Value, out le) && le is >= 0 and <= 1,
                    _ => true,
                };
                return fits ? series.Labels.Remove(label) : default;
            }
        }
        return default;
    }

    private static bool Bound(string text, out double bound)
    {
        bound = double.PositiveInfinity;
        return text == "+Inf"
            || (text.Length > 0 && TextNumber.Double(Encoding.UTF8.GetBytes(text), out bound) is null && double.IsFinite(bound));
    }

    private bool ValueFits(ReadOnlySpan<char> suffix, double value) => _type switch
    {
        FamilyType.Counter or FamilyType.Histogram => value >= 0,
        FamilyType.GaugeHistogram => suffix is "_gsum" ? !double.IsNaN(value) : value >= 0,
        FamilyType.Summary => suffix.IsEmpty ? !(value < 0) : value >= 0,
        FamilyType.StateSet => value is 0 or 1,
        FamilyType.Info => value is 1,
        _ => true,
    };

    private static FamilyType? Type(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("gauge"u8) ? FamilyType.Gauge
        : text.SequenceEqual("counter"u8) ? FamilyType.Counter
        : text.SequenceEqual("unknown"u8) ? FamilyType.Unknown
        : text.SequenceEqual("stateset"u8) ? FamilyType.StateSet
        : text.SequenceEqual("info"u8) ? FamilyType.Info
        : text.SequenceEqual("histogram"u8) ? FamilyType.Histogram
        : text.SequenceEqual("gaugehistogram"u8) ? FamilyType.GaugeHistogram
        : text.SequenceEqual("summary"u8) ? FamilyType.Summary
        : null;

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var b in name)
        {
            if (!SeriesText.IsNameByte(b))
            {
                return false;
            }
        }
        return !char.IsAsciiDigit((char)name[0]);
    }

    /// <summary>Buckets of one series at one time, in the order in which they are written.</summary>
    private struct Histogram
    {
        private double _bound = double.NegativeInfinity, _buckets, _count, _sum;
        private bool _any, _counted, _summed, _negative;

        public Histogram()
        {
        }

        public bool Post(ReadOnlySpan<char> suffix, double bound, double value)
        {
            switch (suffix)
            {
                case "_bucket":
                    var rises = !_any || (bound > _bound && value >= _buckets);
                    (_any, _bound, _buckets, _negative) = (true, bound, value, _negative || bound < 0);
                    return rises;
                case "_count" or "_gcount":
                    (_counted, _count) = (true, value);
                    return true;
                case "_sum" or "_gsum":
                    (_summed, _sum) = (true, value);
                    return true;
                default:
                    return true;
            }
        }

        public readonly bool IsWhole(bool gauge) =>
            _any && double.IsPositiveInfinity(_bound) && _counted == _summed && (!_counted || _count.Equals(_buckets))
            && (gauge ? !(_sum < 0) || _negative : !(_summed && _negative));
    }
}
