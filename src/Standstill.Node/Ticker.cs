namespace Standstill.Node;

/// <summary>Signs a tick whenever half of the charter's interval has gone by without an entry of the operator's.</summary>
internal sealed class Ticker(Sequencer sequencer, OperatorVoice voice, TimeProvider clock, ILogger<Ticker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var world = sequencer.Current.World;
            var interval = world.Charter!.Limits.TickInterval / 2;
            var since = clock.GetUtcNow() - (world.LastTick?.Time ?? DateTimeOffset.MinValue);
            try
            {
                if (since >= interval)
                {
                    await voice.TickAsync(stoppingToken);
                    since = TimeSpan.Zero;
                }

                var wait = interval - since;
                await Task.Delay(wait < TimeSpan.FromHours(1) ? wait : TimeSpan.FromHours(1), clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                log.LogError("the tick was not taken: {Reason}", e.Message);
                await Task.Delay(TimeSpan.FromSeconds(5), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
