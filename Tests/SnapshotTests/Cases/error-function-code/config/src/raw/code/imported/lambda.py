from common import (
    run as handler,
)
