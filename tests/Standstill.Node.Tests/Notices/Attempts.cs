using System.Diagnostics.Metrics;

namespace Standstill.Node.Tests.Notices;

/// <summary>Listens to the node's count of deliveries for one subscription.</summary>
internal sealed class Attempts : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly TaskCompletionSource givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Attempts(string subscription)
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "standstill.notices")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var text = string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"));
            if (text == $"subscription={subscription} result=given-up")
            {
                givenUp.TrySetResult();
            }
        });
        listener.Start();
    }

    /// <summary>Ends when the node has given the subscription up.</summary>
    public Task GivenUp => givenUp.Task.WaitAsync(TimeSpan.FromMinutes(1));

    public void Dispose() => listener.Dispose();
}
