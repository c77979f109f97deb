using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Store;

/// <summary>Writes chunks as Parquet files through DuckDB, and reads them back. One at a time.</summary>
/// <remarks>
/// The hot path: DuckDB pulls the columns through a table function that copies whole vectors, and metric and subject are enumerated
/// types, which Parquet stores as a dictionary and indices; so no sample is turned into objects or hashed as text. Columns of a file:
/// <code>
/// series int32   the meter's id of the series
/// metric text    its name as its source wrote it
/// subject text   the accelerator that it tells of, or empty
/// carried bool   true: the chunk before has this row too, and hands it on
/// time_ms int64  milliseconds since 1970-01-01T00:00:00Z
/// value double   bit for bit as it was sent
/// </code>
/// The file's key-value metadata are `area`, `period_from_ms`, and the window that the chunk owns: `from_ms`, `to_ms`, `scrape_ms`; `measures` is
/// <see cref="Measure.Version"/>.
/// </remarks>
public sealed unsafe class ChunkFile : IDisposable
{
    private static readonly int VectorSize = checked((int)NativeMethods.Helpers.DuckDBVectorSize());

    private readonly DuckDBConnection _connection;
    private readonly GCHandle _self;
    private ChunkRows? _writing;
    private int _series;
    private int _row;
    private DuckDBLogicalType? _metricType;
    private DuckDBLogicalType? _subjectType;
    private string[] _metrics = [];
    private string[] _subjects = [];
    private int[] _metricOf = [];
    private int[] _subjectOf = [];

    /// <summary>Opens a DuckDB in memory, on one thread, that reads and writes files only where it is told to.</summary>
    public ChunkFile()
    {
        _connection = new DuckDBConnection("DataSource=:memory:;memory_limit=128MB;threads=1");
        _connection.Open();
        _self = GCHandle.Alloc(this);
        var function = NativeMethods.TableFunction.DuckDBCreateTableFunction();
        NativeMethods.TableFunction.DuckDBTableFunctionSetName(function, "chunk");
        NativeMethods.TableFunction.DuckDBTableFunctionSetExtraInfo(function, GCHandle.ToIntPtr(_self), &Ignore);
        NativeMethods.TableFunction.DuckDBTableFunctionSetBind(function, &Bind);
        NativeMethods.TableFunction.DuckDBTableFunctionSetInit(function, &Ignore);
        NativeMethods.TableFunction.DuckDBTableFunctionSetFunction(function, &Fill);
        var registered = NativeMethods.TableFunction.DuckDBRegisterTableFunction(_connection.NativeConnection, function);
        NativeMethods.TableFunction.DuckDBDestroyTableFunction(ref function);
        if (registered != DuckDBState.Success)
        {
            throw new InvalidOperationException("DuckDB refuses the table function of a chunk");
        }
    }

    /// <summary>Writes a chunk to a file that does not exist yet. Not flushed.</summary>
    public void Write(string path, ChunkRows columns)
    {
        _writing = columns;
        _series = 0;
        _row = 0;
        (_metrics, _metricOf) = Enumerated(columns.Series, s => s.Metric);
        (_subjects, _subjectOf) = Enumerated(columns.Series, s => s.Subject);
        using var metric = Enumeration(_metrics);
        using var subject = Enumeration(_subjects);
        (_metricType, _subjectType) = (metric, subject);
        try
        {
            Run(string.Create(CultureInfo.InvariantCulture, $$"""
                COPY (SELECT * FROM chunk()) TO {{Quoted(path)}} (FORMAT parquet, COMPRESSION snappy, KV_METADATA { area: {{Quoted(columns.Area)}}, measures: '{{Measure.Version}}',
                  period_from_ms: '{{columns.PeriodFromMs}}', from_ms: '{{columns.Window.FromMs}}', to_ms: '{{columns.Window.ToMs}}', scrape_ms: '{{columns.Window.ScrapeMs}}' })
                """));
        }
        finally
        {
            _writing = null;
        }
    }

    /// <summary>Reads a chunk's file back. Its content is anybody's: what is not a chunk is refused with the reason.</summary>
    public Parsed<ChunkRows> Read(string path)
    {
        try
        {
            var facts = Facts(path);
            if (!facts.TryGetValue("area", out var area) || !Slug.IsGood(area) || Number("period_from_ms") is not { } period
                || Number("from_ms") is not { } from || Number("to_ms") is not { } to || Number("scrape_ms") is not { } scrape
                || new ChunkWindow(from, to, (int)Math.Clamp(scrape, 0, int.MaxValue)) is not { IsGood: true } window)
            {
                return Parsed<ChunkRows>.Bad(path, "not a chunk: its metadata lack the area, the period or the window", "give the file as the meter wrote it");
            }

            return facts.TryGetValue("measures", out var measures) && measures == Measure.Version.ToString(CultureInfo.InvariantCulture)
                ? Rows(path, area, period, window)
                : Parsed<ChunkRows>.Bad(path, $"written for edition `{measures}` of the table of measures", $"judge it with a release that has that edition; this one has {Measure.Version}");

            long? Number(string name) => facts.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (Exception e) when (e is DuckDBException or InvalidCastException or OverflowException)
        {
            return Parsed<ChunkRows>.Bad(path, "not a chunk: " + e.Message.ReplaceLineEndings(" "), "give the file as the meter wrote it");
        }
    }

    /// <summary>The last time of each series in files.</summary>
    internal List<(int Series, long TimeMs)> Heads(IEnumerable<string> paths)
    {
        var heads = new List<(int, long)>();
        foreach (var path in paths)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = $"SELECT series, max(time_ms) FROM read_parquet({Quoted(path)}) WHERE NOT carried GROUP BY series";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                heads.Add((reader.GetInt32(0), reader.GetInt64(1)));
            }
        }

        return heads;
    }

    private Dictionary<string, string> Facts(string path)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT decode(key), decode(value) FROM parquet_kv_metadata({Quoted(path)})";
        using var reader = command.ExecuteReader();
        var facts = new Dictionary<string, string>();
        while (reader.Read())
        {
            facts[reader.GetString(0)] = reader.GetString(1);
        }

        return facts;
    }

    private Parsed<ChunkRows> Rows(string path, string area, long period, ChunkWindow window)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT series, metric, subject, carried, time_ms, value FROM read_parquet({Quoted(path)})";
        using var reader = command.ExecuteReader();
        var runs = ImmutableArray.CreateBuilder<ChunkSeries>();
        var (times, values) = (new List<long>(), new List<double>());
        while (reader.Read())
        {
            var (id, metric, subject, carried) = (reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3));
            if (runs.Count == 0 || runs[^1] is var last && (last.Id != id || last.Carried != carried || last.Metric != metric || last.Subject != subject))
            {
                runs.Add(new ChunkSeries(id, metric, subject, carried, times.Count, times.Count));
            }

            times.Add(reader.GetInt64(4));
            values.Add(reader.GetDouble(5));
            runs[^1] = runs[^1] with { To = times.Count };
        }

        return Parsed<ChunkRows>.Good(new ChunkRows(area, period, window, runs.ToImmutable(), times.ToArray(), values.ToArray()));
    }

    public void Dispose()
    {
        _connection.Dispose();
        _self.Free();
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static (string[] Texts, int[] Of) Enumerated(ImmutableArray<ChunkSeries> series, Func<ChunkSeries, string> text)
    {
        var index = new Dictionary<string, int>();
        var of = new int[series.Length];
        for (var i = 0; i < of.Length; i++)
        {
            of[i] = index.TryGetValue(text(series[i]), out var known) ? known : index[text(series[i])] = index.Count;
        }

        return ([.. index.Keys], of);
    }

    // An enumerated type is made by asking a query for it, before the copy begins: a connection answers one question at a time. DuckDB keeps
    // indices of one, two or four bytes by how many names there are.
    private DuckDBLogicalType Enumeration(string[] names)
    {
        var sql = $"SELECT NULL::ENUM({string.Join(',', names.Select(Quoted))})";
        if (NativeMethods.Query.DuckDBQuery(_connection.NativeConnection, sql, out var result) != DuckDBState.Success)
        {
            throw new InvalidOperationException(NativeMethods.Query.DuckDBResultError(ref result));
        }

        var type = NativeMethods.Query.DuckDBColumnLogicalType(ref result, 0);
        NativeMethods.Query.DuckDBDestroyResult(ref result);
        return type;
    }

    private int FillVectors(nint output)
    {
        var columns = _writing!;
        var rows = Math.Min(VectorSize, columns.Count - _row);
        if (rows == 0)
        {
            return 0;
        }

        Span<int> Ints(int column) => new(Vector(output, column), rows);
        var series = Ints(0);
        var metric = Vector(output, 1);
        var subject = Vector(output, 2);
        var carried = new Span<bool>(Vector(output, 3), rows);
        columns.TimeMs.Span.Slice(_row, rows).CopyTo(new Span<long>(Vector(output, 4), rows));
        columns.Value.Span.Slice(_row, rows).CopyTo(new Span<double>(Vector(output, 5), rows));
        for (var done = 0; done < rows;)
        {
            var of = columns.Series[_series];
            var run = Math.Min(rows - done, of.To - _row - done);
            series.Slice(done, run).Fill(of.Id);
            carried.Slice(done, run).Fill(of.Carried);
            FillIndices(metric, _metrics.Length, done, run, _metricOf[_series]);
            FillIndices(subject, _subjects.Length, done, run, _subjectOf[_series]);
            done += run;
            if (_row + done == of.To)
            {
                _series++;
            }
        }

        _row += rows;
        return rows;
    }

    private static void FillIndices(void* vector, int names, int from, int count, int index)
    {
        switch (names)
        {
            case <= 255:
                new Span<byte>((byte*)vector + from, count).Fill((byte)index);
                break;
            case <= 65535:
                new Span<ushort>((ushort*)vector + from, count).Fill((ushort)index);
                break;
            default:
                new Span<int>((int*)vector + from, count).Fill(index);
                break;
        }
    }

    private static void* Vector(nint chunk, int column) => NativeMethods.Vectors.DuckDBVectorGetData(GetVector(chunk, column));

    // The package hands out chunks as safe handles; a table function is given the bare pointer.
    [DllImport("duckdb", EntryPoint = "duckdb_data_chunk_get_vector", CallingConvention = CallingConvention.Cdecl)]
    private static extern nint GetVector(nint chunk, long column);

    [DllImport("duckdb", EntryPoint = "duckdb_data_chunk_set_size", CallingConvention = CallingConvention.Cdecl)]
    private static extern void SetSize(nint chunk, ulong size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(nint unused)
    {
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(nint info)
    {
        try
        {
            var self = (ChunkFile)GCHandle.FromIntPtr(NativeMethods.TableFunction.DuckDBBindGetExtraInfo(info)).Target!;
            AddColumn(info, "series", DuckDBType.Integer);
            NativeMethods.TableFunction.DuckDBBindAddResultColumn(info, "metric", self._metricType!);
            NativeMethods.TableFunction.DuckDBBindAddResultColumn(info, "subject", self._subjectType!);
            AddColumn(info, "carried", DuckDBType.Boolean);
            AddColumn(info, "time_ms", DuckDBType.BigInt);
            AddColumn(info, "value", DuckDBType.Double);
        }
        catch (Exception e)
        {
            NativeMethods.TableFunction.DuckDBBindSetError(info, e.Message);
        }
    }

    private static void AddColumn(nint info, string name, DuckDBType type)
    {
        using var logical = NativeMethods.LogicalType.DuckDBCreateLogicalType(type);
        NativeMethods.TableFunction.DuckDBBindAddResultColumn(info, name, logical);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Fill(nint info, nint output)
    {
        try
        {
            var self = (ChunkFile)GCHandle.FromIntPtr(NativeMethods.TableFunction.DuckDBFunctionGetExtraInfo(info)).Target!;
            SetSize(output, (ulong)self.FillVectors(output));
        }
        catch (Exception e)
        {
            NativeMethods.TableFunction.DuckDBFunctionSetError(info, e.Message);
        }
    }
}
